namespace Throughline.Kafka.Internal.Failures;

/// <summary>What became of the attempts at one record.</summary>
/// <param name="Attempts">How many there were.</param>
/// <param name="Failure">The last one's exception; <see langword="null"/> where it succeeded.</param>
internal readonly record struct AttemptOutcome(int Attempts, Exception? Failure);
