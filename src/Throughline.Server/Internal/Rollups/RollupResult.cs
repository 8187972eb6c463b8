namespace Throughline.Server.Internal.Rollups;

/// <summary>One value over a time.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Measure">What is counted or measured.</param>
/// <param name="PointMinute">Start of the time, Unix minutes; of the question's time where it asked for one value.</param>
/// <param name="Value">The sum.</param>
internal sealed record RollupResult(RollupName Name, Measure Measure, int PointMinute, RollupValue Value);
