namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>A short note on a row.</summary>
/// <param name="Words">What it says.</param>
/// <param name="Tone"><c>bad</c>, <c>warn</c>, <c>good</c> or nothing.</param>
internal sealed record Badge(string Words, string Tone = "");
