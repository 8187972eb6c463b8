namespace Throughline.Server.Internal.Spans;

/// <summary>A span's link, with the record that it stands for where the link says so (the links of a batch do).</summary>
/// <param name="Key">The span linked to, usually a creation context.</param>
/// <param name="Partition">The record's partition, or -1.</param>
/// <param name="Offset">The record's offset, or -1.</param>
/// <param name="Topic">The record's topic where the link names one: a batch may be of several.</param>
/// <param name="IsSampled">Whether OTLP's flags say that the span linked to was sampled; null where they do not say.</param>
internal readonly record struct SpanLink(
    SpanKey Key, int Partition, long Offset, string? Topic = null, bool? IsSampled = null);
