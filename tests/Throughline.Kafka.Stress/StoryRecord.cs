using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Stress;

/// <summary>A record, and what its scope has to make ambient.</summary>
/// <param name="Result">The record.</param>
/// <param name="Origin">Its creation context, or none.</param>
/// <param name="Baggage">The value of its one baggage member, or none.</param>
internal sealed record StoryRecord(ConsumeResult<string, string> Result, ActivityContext Origin, string? Baggage);
