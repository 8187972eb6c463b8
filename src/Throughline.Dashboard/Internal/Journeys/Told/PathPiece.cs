namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>Time of a critical path that was spent on one thing.</summary>
/// <param name="Part">What kind of time.</param>
/// <param name="Words">Where: <c>in billing's handler 'card check'</c>.</param>
/// <param name="SpanId">A span of it.</param>
/// <param name="DurationNs">How much.</param>
internal sealed record PathPiece(PathPart Part, string Words, ulong SpanId, long DurationNs);
