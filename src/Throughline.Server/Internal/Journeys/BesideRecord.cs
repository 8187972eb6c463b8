using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Journeys;

/// <summary>A record that came in the same batch as one of the journey's: with a journey of its own.</summary>
/// <param name="Batch">The span that processed both.</param>
/// <param name="Link">The other record's context, and its place where the link tells it.</param>
internal sealed record BesideRecord(SpanKey Batch, SpanLink Link);
