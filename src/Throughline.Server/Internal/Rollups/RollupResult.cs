namespace Throughline.Server.Internal.Rollups;

/// <summary>One series' value over a time.</summary>
/// <param name="Series">Which.</param>
/// <param name="PointMinute">Start of the time, Unix minutes; of the question's time where it asked for one value.</param>
/// <param name="Value">Its sum.</param>
internal sealed record RollupResult(Series Series, int PointMinute, RollupValue Value);
