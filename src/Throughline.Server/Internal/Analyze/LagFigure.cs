using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>A lag in records over some time.</summary>
internal sealed record LagFigure(double Mean, double Max)
{
    public static LagFigure? Of(RollupValue? value) => value is { Count: > 0 } ? new(value.Mean, value.Max) : null;
}
