namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Spans">How many were looked at.</param>
/// <param name="IsSample">There are more, which were not.</param>
/// <param name="P50">Nanoseconds; null of no spans.</param>
/// <param name="P95">Nanoseconds.</param>
/// <param name="Slow">The share that is over the threshold.</param>
internal sealed record ComparedSide(string Name, int Spans, bool IsSample, Estimate? P50, Estimate? P95, Estimate? Slow);
