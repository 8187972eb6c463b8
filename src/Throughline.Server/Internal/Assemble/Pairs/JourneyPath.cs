namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>Services and topics from the origin up to some span.</summary>
/// <param name="Text">Separated by arrows; one object for the same path.</param>
/// <param name="OriginUnixNs">Start of the first span that is known on it.</param>
/// <param name="Length">Services and topics in it.</param>
internal sealed record JourneyPath(string Text, long OriginUnixNs, int Length);
