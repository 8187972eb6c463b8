namespace Throughline.Kafka.Internal.Capture;

/// <summary>What becomes of a header on spans.</summary>
/// <param name="AttributeName">The attribute it is told as; <see langword="null"/> for not at all.</param>
/// <param name="IsRedacted">Whether its value stays untold.</param>
internal sealed record HeaderDecision(string? AttributeName, bool IsRedacted);
