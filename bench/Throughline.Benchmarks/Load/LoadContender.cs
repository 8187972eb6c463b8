using System.Globalization;

namespace Throughline.Benchmarks.Load;

/// <summary>What is measured: a way to consume, and how much of it is sampled.</summary>
/// <param name="Way">How records are consumed; sends are traced in all ways but the bare one.</param>
/// <param name="Sampling">The share of traces that are recorded, 0 to 1.</param>
internal sealed record LoadContender(LoadWay Way, double Sampling)
{
    internal static readonly LoadContender Bare = new(LoadWay.Bare, 0);

    internal static readonly IReadOnlyList<LoadContender> All =
    [
        Bare,
        new(LoadWay.BareWithHeader, 0),
        new(LoadWay.Scope, 0),
        new(LoadWay.Scope, 0.05),
        new(LoadWay.Scope, 1),
        new(LoadWay.ProcessAsync, 0),
        new(LoadWay.ProcessAsync, 0.05),
        new(LoadWay.ProcessAsync, 1),
    ];

    internal bool IsTraced => Way is LoadWay.Scope or LoadWay.ProcessAsync;

    internal string Name => Way switch
    {
        LoadWay.Bare => "bare client",
        LoadWay.BareWithHeader => "bare client, one header",
        _ => FormattableString.Invariant($"{Way}, {Sampling * 100:F0} % sampled"),
    };

    internal string[] ToArguments() => [$"{Way}", Sampling.ToString(CultureInfo.InvariantCulture)];

    internal static LoadContender Of(string way, string sampling) =>
        new(Enum.Parse<LoadWay>(way), double.Parse(sampling, CultureInfo.InvariantCulture));
}
