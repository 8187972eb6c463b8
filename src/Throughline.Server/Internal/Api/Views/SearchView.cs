namespace Throughline.Server.Internal.Api.Views;

/// <summary>A page of a search.</summary>
/// <param name="Query">The query as the server understood it, with the filters of other parameters.</param>
/// <param name="Spans">Newest first.</param>
/// <param name="Cursor">For the next page; null where there is none.</param>
/// <param name="IsCutShort">The time for looking was up before the page was full: ask on with the cursor.</param>
/// <param name="SpansExamined">Spans that were read for it.</param>
internal sealed record SearchView(
    string Query, IReadOnlyList<SpanSummaryView> Spans, string? Cursor, bool IsCutShort, long SpansExamined);
