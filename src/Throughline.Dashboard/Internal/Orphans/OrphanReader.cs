using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Query;

namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>Reads orphans by cause: 1. the rows; 2. how many there were when; 3. whose client the latest span is of.</summary>
internal sealed class OrphanReader(PageRequest request)
{
    /// <summary>Of a trend.</summary>
    public const int Parts = 12;

    private const long NsPerMinute = 60_000_000_000;

    // Of a trace of any size, the spans that are looked through for the example.
    private const int SpansMax = 2_000;

    public bool IsCutShort { get; private set; }

    public double Total { get; private set; }

    public IReadOnlyList<OrphanCard> Read(OrphanCause? only)
    {
        // 1. Rows
        var answer = request.Answers.Orphans(request.Filter(), request.Aborted);
        IsCutShort = answer.IsCutShort;
        Total = answer.Rows.Sum(static row => row.Count);
        if (answer.Rows.Count == 0)
        {
            return [];
        }

        // 2. Trend
        var trends = Trends();

        // 3. Clients
        return
        [
            .. answer.Rows.Where(row => only is null || row.Cause == only)
                .GroupBy(static row => row.Cause)
                .Select(cause => new OrphanCard(
                    cause.Key,
                    cause.Sum(static row => row.Count),
                    cause.Sum(static row => row.Count) / Total,
                    [.. trends.Select(part => (double?)part.GetValueOrDefault(cause.Key))],
                    [.. cause.OrderByDescending(static row => row.Count)],
                    Detected(cause.MaxBy(static row => row.Count)!)))
                .OrderByDescending(static card => card.Count),
        ];
    }

    /// <summary>Whose instrumentation wrote the latest of a row's spans.</summary>
    public ClientFamily? Detected(OrphanRow row)
    {
        foreach (var example in row.Examples)
        {
            if (example.Span is { } key
                && request.Server.Api.Store.Trace(key.TraceId, SpansMax, request.Aborted) is { Count: > 0 } spans
                && spans.FirstOrDefault(span => span.Facts.Key == key) is { Facts: { } facts })
            {
                return OrphanAdvice.FamilyOf(facts.Source);
            }
        }

        return null;
    }

    /// <summary>By part of the time, whole minutes each, the orphans of each cause.</summary>
    private List<Dictionary<OrphanCause, double>> Trends()
    {
        var (from, to) = (request.Range.Time.FromUnixNs, request.Range.Time.ToUnixNs);
        var minutes = Math.Max(1, (to - from + NsPerMinute - 1) / NsPerMinute);
        var parts = (int)Math.Min(Parts, minutes);
        var filter = request.Filter();
        return
        [
            .. Enumerable.Range(0, parts).Select(part =>
            {
                // Minutes belong to one part each; the last ends with the range.
                var start = from - (from % NsPerMinute);
                var range = new TimeRange(
                    start + (minutes * part / parts * NsPerMinute),
                    part == parts - 1 ? to : (start + (minutes * (part + 1) / parts * NsPerMinute)));
                return request.Answers.Orphans(filter with { Range = range }, request.Aborted).Rows
                    .GroupBy(static row => row.Cause).ToDictionary(static cause => cause.Key, static cause => cause.Sum(static row => row.Count));
            }),
        ];
    }
}
