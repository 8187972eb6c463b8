using Throughline.Dashboard.Internal.Ledger;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Overview;

/// <summary>
/// What is wrong, in sentences, in the order in which it matters: 1. losses; 2. traces that break; 3. failures; 4. groups
/// that are behind; 5. what is uneven; 6. the slowest.
/// </summary>
internal static class LookFirst
{
    // Of each kind: the page is no list of everything, and each leads to one.
    private const int OfKindMax = 3;

    private const int OfSmallKindMax = 2;

    // Behind this, waiting for a record is what a person notices.
    private const double BehindNsMin = 1e9;

    public static IReadOnlyList<LookItem> Of(OverviewAnswers answers) =>
    [
        .. Lost(answers.Ledger).Take(OfKindMax),
        .. BrokenTraces.Of(answers.Orphans).Take(OfKindMax),
        .. Failed(answers.Ledger, answers.Errors).Take(OfKindMax),
        .. Behind(answers.Waits).Take(OfKindMax),
        .. Uneven(answers.Skew).Take(OfSmallKindMax),
        .. Slowest(answers.Slowest),
    ];

    private static IEnumerable<LookItem> Lost(IReadOnlyList<LedgerRow> ledger)
    {
        var rows = ledger.Where(static row => row[LedgerCell.Lost] is { Verdict: Verdict.Lost, Value: > 0 }).ToList();

        // What was lost before any group could read it is in the row of each.
        var once = rows.GroupBy(static row => (row.Cluster, row.Topic))
            .SelectMany(static topic => topic.Any(static row => LossCount.InGroup(row) > 0)
                ? topic.Where(static row => LossCount.InGroup(row) > 0)
                : topic.Take(1));
        return once.OrderByDescending(static row => row[LedgerCell.Lost].Value).Select(static row =>
        {
            var figure = row[LedgerCell.Lost];
            var group = LossCount.InGroup(row) > 0 ? row.Group : null;
            return new LookItem(
                "Lost",
                "bad",
                $"{FigureWords.Before(figure.Certainty)}{Words.Many(figure.Value!.Value, "record")} lost in {group ?? row.Topic}: {figure.Note}.",
                group is null ? $"Counted from {FigureWords.Of(figure.Basis)}." : $"Of topic {row.Topic}. Counted from {FigureWords.Of(figure.Basis)}.",
                request => request.LedgerRecords("lost", row.Cluster, row.Topic, group));
        });
    }

    private static IEnumerable<LookItem> Failed(IReadOnlyList<LedgerRow> ledger, IReadOnlyList<ErrorRow> errors)
    {
        var ofGroups = ledger
            .Where(static row => row.Group is not null && (row[LedgerCell.Failed].Value > 0 || row[LedgerCell.DeadLettered].Value > 0))
            .OrderByDescending(static row => row[LedgerCell.DeadLettered].Value ?? 0)
            .ThenByDescending(static row => row[LedgerCell.Failed].Value)
            .Select(row => Failed(row, errors.FirstOrDefault(error => error.Topic == row.Topic && error.Group == row.Group)));
        var elsewhere = errors
            .Where(static error => error.Topic.Length == 0)
            .Take(1)
            .Select(static error => new LookItem(
                "Errors",
                "warn",
                $"{Words.Many(error.Count, "span")} of {error.Service} failed: {error.ErrorType}.",
                null,
                request => request.Search($"service = {Links.Quoted(error.Service)} and error")));
        return ofGroups.Concat(elsewhere);
    }

    private static LookItem Failed(LedgerRow row, ErrorRow? error)
    {
        var (failed, dead) = (row[LedgerCell.Failed].Value ?? 0, row[LedgerCell.DeadLettered].Value ?? 0);
        var cell = dead > 0 ? LedgerCell.DeadLettered : LedgerCell.Failed;
        var why = error is null ? "" : $": {error.ErrorType}";
        return new LookItem(
            dead > 0 ? "Dead letters" : "Failures",
            dead > 0 ? "bad" : "warn",
            dead > 0
                ? $"{Words.Many(dead, "record")} of {row.Topic} ended in the dead letters of {row.Group}{why}."
                : $"{row.Group} failed on {Words.Many(failed, "record")} of {row.Topic}{why}.",
            $"{Words.Many(failed, "processing")} failed, {Words.Count(row[LedgerCell.Processed].Value)} went well.",
            request => request.LedgerRecords(LedgerCells.NameOf(cell), row.Cluster, row.Topic, row.Group));
    }

    private static IEnumerable<LookItem> Behind(IReadOnlyList<LatencyRow> waits) => waits
        .Where(static row => row.Lag is not null)
        .GroupBy(static row => (row.Cluster, row.Topic, row.Group))
        .Select(static group => group.MaxBy(static row => row.Lag!.P95)!)
        .Where(static row => row.Lag!.P95 >= BehindNsMin)
        .OrderByDescending(static row => row.Lag!.P95)
        .Select(static row => new LookItem(
            "Behind",
            "warn",
            $"{row.Group} reads {row.Topic} {Words.Duration(row.Lag!.P95)} behind{(row.Partition >= 0 ? $", slowest partition {row.Partition}" : "")}.",
            $"95th percentile of what {Words.Many(row.Lag.Count, "record")} waited there.",
            request => request.Topic(row.Topic!, row.Cluster)));

    private static IEnumerable<LookItem> Uneven(IReadOnlyList<SkewRow> skew) => skew
        .Where(static row => row.Signal is SkewSignal.Rate or SkewSignal.Key or SkewSignal.Processing && Topics.SkewWords.Matters(row))
        .Select(static row => new LookItem(
            "Uneven", "warn", $"{Topics.SkewWords.Sentence(row)}.", null, request => request.Topic(row.Topic, row.Cluster)));

    private static IEnumerable<LookItem> Slowest(IReadOnlyList<SlowHop> slowest)
    {
        if (slowest.Count > 0)
        {
            var hop = slowest[0];
            yield return new LookItem(
                "Slowest",
                null,
                $"The slowest record took {Words.Duration(hop.EndToEnd)} end to end: {Why(hop)}.",
                "Its journey shows where the time went.",
                request => request.Journey(hop.Span.TraceId.ToString(), Ids.Span(hop.Span.SpanId)));
        }
    }

    private static string Why(SlowHop hop)
    {
        var place = hop.Partition >= 0 ? $"{hop.Topic}, partition {hop.Partition}" : hop.Topic;
        return hop.Lag * 2 >= hop.EndToEnd ? $"it waited {Words.Duration(hop.Lag)} in {place}, for {hop.Group}"
            : hop.Processing * 2 >= hop.EndToEnd ? $"{hop.Service} worked on it for {Words.Duration(hop.Processing)}"
            : $"most of it before it came to {hop.Group} by {hop.Topic}";
    }
}
