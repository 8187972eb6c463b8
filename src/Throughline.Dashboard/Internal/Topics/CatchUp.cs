namespace Throughline.Dashboard.Internal.Topics;

/// <summary>When a group will have read everything, if it goes on as it did.</summary>
/// <param name="Kind">Whether that can be said.</param>
/// <param name="Seconds">Until then.</param>
internal readonly record struct CatchUp(CatchUpKind Kind, double Seconds = 0)
{
    /// <summary>The points of a trend that the line goes through.</summary>
    public const int PointsMax = 10;

    // A line through fewer says nothing.
    private const int PointsMin = 3;

    public static CatchUp Unknown { get; } = new(CatchUpKind.Unknown);

    /// <summary>The larger, the longer it takes.</summary>
    public double Order => Kind switch
    {
        CatchUpKind.Never => double.PositiveInfinity,
        CatchUpKind.In => Seconds,
        CatchUpKind.Done => 0,
        _ => -1,
    };

    /// <summary>From the straight line of least squares through the latest points.</summary>
    /// <param name="records">How far behind now; null for unknown.</param>
    /// <param name="trend">Lag in records at equal distances, oldest first; null where nobody told.</param>
    /// <param name="pointSeconds">Between two of them.</param>
    public static CatchUp Of(double? records, IReadOnlyList<double?> trend, double pointSeconds)
    {
        if (records is not { } behind)
        {
            return Unknown;
        }

        if (behind <= 0)
        {
            return new CatchUp(CatchUpKind.Done);
        }

        var points = trend
            .Select(static (value, index) => (X: (double)index, Y: value))
            .Where(static point => point.Y is not null)
            .Select(static point => (point.X, Y: point.Y!.Value))
            .TakeLast(PointsMax)
            .ToList();
        if (points.Count < PointsMin)
        {
            return Unknown;
        }

        var (meanX, meanY) = (points.Average(static point => point.X), points.Average(static point => point.Y));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / points.Sum(point => (point.X - meanX) * (point.X - meanX));
        var perSecond = slope / pointSeconds;
        return perSecond < 0 ? new CatchUp(CatchUpKind.In, behind / -perSecond) : new CatchUp(CatchUpKind.Never);
    }
}
