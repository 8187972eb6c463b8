namespace Throughline.Dashboard.Internal.Topics;

/// <summary>How a service's spans have an attribute.</summary>
/// <param name="Spans">Of which it is asked.</param>
/// <param name="Current">Those that have it by its current name.</param>
/// <param name="Older">Those that only have it by an older one.</param>
/// <param name="OlderName">The one that is most frequent; null for none.</param>
internal readonly record struct AttributeUse(int Spans, int Current, int Older, string? OlderName);
