namespace Throughline.Server.Internal.Analyze;

/// <summary>What a point adds to what was counted before.</summary>
/// <param name="Value">A sum's, or a histogram's sum.</param>
/// <param name="Count">A histogram's; 0 for a sum.</param>
internal readonly record struct MetricDelta(double Value, long Count)
{
    public bool IsNothing => Value == 0 && Count == 0;
}
