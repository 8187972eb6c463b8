using System.Globalization;
using Throughline.Kafka.Loss;

const string Usage = """
    Throughline.Kafka.Loss [--records N] [--seconds S] [--members M] [--seed X]

    Sends N records (default 200,000) over S seconds (default 60) to a Kafka of three nodes, has M consumer processes (default 3)
    handle them, and meanwhile kills brokers and consumers, pauses consumers beyond their session, and lets them leave and
    join. Then counts what was lost, what was handled twice, and the spans of both. Exit code 0: nothing was lost.
    """;

if (args is [Member.Argument, .. var place])
{
    return await Member.RunAsync(place);
}

var options = new LossOptions();
for (var at = 0; at < args.Length; at += 2)
{
    var isNumber = int.TryParse(at + 1 < args.Length ? args[at + 1] : null, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
    LossOptions? changed = args[at] switch
    {
        "--records" when number is >= 1 and <= 10_000_000 => options with { Records = number },
        "--seconds" when number is >= 1 and <= 3600 => options with { Seconds = number },
        "--members" when number is >= 1 and <= 12 => options with { Members = number },
        "--seed" when isNumber => options with { Seed = number },
        _ => null,
    };
    if (changed is null)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options = changed;
}

return await LossRun.RunAsync(options);
