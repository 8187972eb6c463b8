namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>A value of a field or attribute that one side has more often than the other.</summary>
/// <param name="Name">The field's or attribute's, as queries write it.</param>
/// <param name="Value">As the span says it.</param>
/// <param name="Query">A condition in the server's own language.</param>
/// <param name="InA">Spans of the first side that have it.</param>
/// <param name="InB">Of the second.</param>
/// <param name="Difference">The first side's share less the second's.</param>
/// <param name="Explains">
/// How much less the sides' shares of slow spans differ without the spans that have it, of 1; null by
/// <see cref="ComparedBy.Slow"/>, and where too few are left or the sides do not differ.
/// </param>
/// <param name="SlowWithA">Share of slow ones among the first side's spans that have it; null of none.</param>
/// <param name="SlowWithB">The same of the second side.</param>
/// <param name="Also">Conditions that the very same spans fulfil.</param>
internal sealed record ComparedValue(
    string Name,
    string Value,
    string Query,
    int InA,
    int InB,
    Estimate Difference,
    double? Explains,
    double? SlowWithA,
    double? SlowWithB,
    IReadOnlyList<string> Also);
