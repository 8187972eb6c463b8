namespace Throughline.Kafka.Internal.Failures;

/// <summary>Where a failed record goes, decided.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="IsDeadLetter">It is the end of the way; else another round.</param>
/// <param name="Round">How often the record will have been sent to a retry topic.</param>
/// <param name="Delay">How long it is to wait there.</param>
internal readonly record struct FailureRoute(string Topic, bool IsDeadLetter, int Round, TimeSpan Delay);
