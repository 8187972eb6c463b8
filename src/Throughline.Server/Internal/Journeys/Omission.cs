namespace Throughline.Server.Internal.Journeys;

/// <summary>What a bound has left out of a journey.</summary>
/// <param name="Kind">Which bound.</param>
/// <param name="Count">How many at least.</param>
internal sealed record Omission(OmissionKind Kind, int Count);
