namespace Throughline.Dashboard.Internal.Charts;

/// <summary>One line of a trend.</summary>
/// <param name="Name">As its legend shows it.</param>
/// <param name="Values">One for each of the chart's times; null where nothing is known.</param>
/// <param name="Tone">Its colour's class: <c>c1</c> to <c>c8</c>, <c>bad</c>, <c>warn</c>, <c>muted</c>.</param>
public sealed record TrendSeries(string Name, IReadOnlyList<double?> Values, string Tone = "c1");
