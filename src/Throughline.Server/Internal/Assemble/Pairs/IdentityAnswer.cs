using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>What record identity says of a processing's send.</summary>
/// <param name="Send">The one candidate, or null.</param>
/// <param name="IsAmbiguous">There are several.</param>
/// <param name="Implausible">With no candidate: a send of the same place and cluster, at a time that cannot be.</param>
internal readonly record struct IdentityAnswer(SpanFacts? Send, bool IsAmbiguous, SpanFacts? Implausible);
