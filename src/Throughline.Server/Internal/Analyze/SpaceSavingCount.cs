namespace Throughline.Server.Internal.Analyze;

/// <summary>How frequent a value is.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">At most: weighted.</param>
/// <param name="TooMuchMax">By how much <paramref name="Count"/> may be too much.</param>
/// <param name="Seen">How often it was surely added.</param>
internal readonly record struct SpaceSavingCount(string Value, double Count, double TooMuchMax, long Seen);
