namespace Throughline.Server.Internal.Store;

/// <summary>What a search found.</summary>
/// <param name="Spans">Newest first.</param>
/// <param name="Cursor">Where the next page begins; null when there is none.</param>
/// <param name="IsCutShort">The time for looking was up before the page was full: there may be more behind the cursor.</param>
/// <param name="SpansExamined">Spans that were decoded for it.</param>
internal sealed record SearchPage(IReadOnlyList<StoredSpan> Spans, string? Cursor, bool IsCutShort, long SpansExamined);
