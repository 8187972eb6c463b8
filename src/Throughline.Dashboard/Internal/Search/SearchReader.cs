using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>Reads a page of results, and the newest matches that pictures and counts are made of.</summary>
internal sealed class SearchReader(PageRequest request)
{
    public const int RowsMax = 50;

    /// <summary>The newest matches that pictures and facets are about.</summary>
    public const int SampleMax = 1000;

    /// <summary>How long a page looks that was not asked to look further.</summary>
    private static readonly TimeSpan QuickMax = TimeSpan.FromMilliseconds(120);

    /// <summary>Who has looked at fewer spans when the time is up had no time: the machine was busy, or has just begun.</summary>
    private const int BusyMax = 1000;

    private const int TriesMax = 5;

    public SearchFound Read(Condition? where)
    {
        var workMax = request.Text("further") is null ? QuickMax : request.Server.Api.WorkMax;
        var sample = Page(where, SampleMax, null, workMax);
        var cursor = request.Text("cursor");
        if (cursor is null)
        {
            var rows = sample.Spans.Take(RowsMax).ToList();
            var next = sample.Spans.Count > RowsMax ? SearchPosition.Of(rows[^1].Facts).ToString() : sample.Cursor;
            return new SearchFound(rows, next, sample.IsCutShort && rows.Count < RowsMax, sample);
        }

        try
        {
            var page = Page(where, RowsMax, cursor, workMax);
            return new SearchFound(page.Spans, page.Cursor, page.IsCutShort, sample);
        }
        catch (ArgumentException)
        {
            request.AddProblem("cursor is not one that this server gave: the newest are shown.");
            return new SearchFound([.. sample.Spans.Take(RowsMax)], sample.Cursor, sample.IsCutShort, sample);
        }
    }

    private SearchPage Page(Condition? where, int limit, string? cursor, TimeSpan workMax)
    {
        SearchPage page;
        var tries = 0;
        do
        {
            page = request.Server.Api.Store.Search(new SearchRequest(where, request.Range.Time, limit, cursor, workMax), request.Aborted);
        }
        while (page is { IsCutShort: true, Spans.Count: 0, SpansExamined: < BusyMax } && ++tries < TriesMax);
        return page;
    }
}
