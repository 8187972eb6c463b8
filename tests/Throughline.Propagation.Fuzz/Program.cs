using System.Globalization;
using Throughline.Propagation.Fuzz;

const string Usage = """
    Throughline.Propagation.Fuzz [--inputs N] [--seed S]   feeds the codecs N random or mutated inputs (default 10 million)
    Throughline.Propagation.Fuzz --measure                 prints time and bytes of parse, extract and inject
    Throughline.Propagation.Fuzz --headers                 prints the headers that a context becomes in this environment
    """;

long inputs = 10_000_000;
int seed = Environment.TickCount;
for (int at = 0; at < args.Length; at++)
{
    string? next = at + 1 < args.Length ? args[at + 1] : null;
    switch (args[at])
    {
        case "--measure":
            Measurement.Run(Console.Out);
            return 0;
        case "--headers":
            WrittenHeaders.Print(Console.Out);
            return 0;
        case "--inputs" when long.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out inputs):
        case "--seed" when int.TryParse(next, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed):
            at++;
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

return new FuzzRun(seed, inputs, FuzzRun.Targets, Console.Out).Run() ? 0 : 1;
