using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>What a processing says of where its record comes from.</summary>
/// <param name="Key">The span whose context the record carried.</param>
/// <param name="Evidence">Link or parent.</param>
/// <param name="Topic">The record's topic, or null.</param>
/// <param name="Partition">The record's partition, or -1.</param>
/// <param name="Offset">The record's offset, or -1.</param>
/// <param name="IsSampled">Whether that span was sampled, where the link says so.</param>
internal readonly record struct Reference(
    SpanKey Key, HopEvidence Evidence, string? Topic, int Partition, long Offset, bool? IsSampled = null);
