using System.Globalization;
using Throughline.Kafka.Stress;

const string Usage = """
    Throughline.Kafka.Stress [--seconds N] [--seed S] [--at-once N]
      thousands of interleaved handlers that hop threads, throw, nest, send and abandon their scopes; fails when a span has
      a parent that is not its own, or when something ambient is not what it was (default: 60 seconds, 64 handlers at once)
    """;

var seconds = 60;
var seed = Environment.TickCount;
var atOnce = 64;
for (var at = 0; at < args.Length; at += 2)
{
    var value = at + 1 < args.Length ? args[at + 1] : null;
    var isRead = args[at] switch
    {
        "--seconds" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds),
        "--seed" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed),
        "--at-once" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out atOnce) && atOnce > 0,
        _ => false,
    };
    if (!isRead)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

var run = new StressRun(seed, atOnce, Console.Out);
return await run.RunAsync(int.MaxValue, TimeSpan.FromSeconds(seconds)) ? 0 : 1;
