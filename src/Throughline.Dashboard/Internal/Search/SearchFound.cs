using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What a search found.</summary>
/// <param name="Rows">One page, newest first.</param>
/// <param name="Cursor">For the next; null where there is none.</param>
/// <param name="IsCutShort">The page is not full although there may be more: the time for looking was up.</param>
/// <param name="Sample">The newest matches, whatever page is shown.</param>
internal sealed record SearchFound(IReadOnlyList<StoredSpan> Rows, string? Cursor, bool IsCutShort, SearchPage Sample)
{
    /// <summary>All matches of the time are in the sample.</summary>
    public bool IsAll => Sample.Cursor is null;
}
