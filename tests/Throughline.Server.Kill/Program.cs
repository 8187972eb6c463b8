using System.Globalization;
using Throughline.Server.Kill;

if (args is [ServerChild.Command, var folder, var point, var passes])
{
    await ServerChild.RunAsync(folder, Enum.Parse<KillPoint>(point), int.Parse(passes, CultureInfo.InvariantCulture));
    return 0;
}

if (args.Length > 2 || !args.All(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
{
    await Console.Error.WriteLineAsync("Usage: ./run kill [KILLS [SEED]] (default 100 kills, a seed of its own)");
    return 2;
}

var kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
Console.WriteLine($"seed {seed}");
var verdict = await new KillRun(kills, seed, Console.Out).RunAsync();
Console.WriteLine(verdict);
return verdict.IsGood ? 0 : 1;
