namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>How two sides differ, and which values of attributes go with it.</summary>
/// <param name="Of"><c>duration</c> or <c>lag</c>.</param>
/// <param name="ThresholdNs">What is longer is slow.</param>
/// <param name="A">The side that is looked into.</param>
/// <param name="B">What it is compared with.</param>
/// <param name="Values">Those whose share differs by more than chance makes it, those that say most first.</param>
/// <param name="ValuesCompared">How many were frequent enough to be compared.</param>
/// <param name="IsCutShort">More values differ than the limit.</param>
/// <param name="Rule">How it was found, and how sure it is.</param>
internal sealed record SpanComparison(
    string Of,
    double ThresholdNs,
    ComparedSide A,
    ComparedSide B,
    IReadOnlyList<ComparedValue> Values,
    int ValuesCompared,
    bool IsCutShort,
    string Rule);
