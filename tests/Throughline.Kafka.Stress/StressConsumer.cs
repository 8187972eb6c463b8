namespace Throughline.Kafka.Stress;

/// <summary>A consumer, and what its options make of a record's context.</summary>
/// <param name="Consumer">The consumer.</param>
/// <param name="Correlation">How its process spans refer to the record's context.</param>
/// <param name="Logs">Whether logs inside its scopes are about its records.</param>
internal sealed record StressConsumer(TracingConsumer<string, string> Consumer, ProcessCorrelation Correlation, bool Logs);
