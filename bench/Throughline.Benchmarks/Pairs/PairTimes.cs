namespace Throughline.Benchmarks.Pairs;

/// <summary>How one contender did beside the other.</summary>
/// <param name="Ratio">Ours divided by theirs.</param>
/// <param name="Difference">Ours less theirs, in nanoseconds.</param>
internal readonly record struct PairTimes(double Ratio, double Difference);
