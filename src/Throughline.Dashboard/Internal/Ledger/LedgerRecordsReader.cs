using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>Finds the records behind a figure: the latest that were kept of it.</summary>
internal static class LedgerRecordsReader
{
    public static LedgerRecords Read(PageRequest request, LedgerCell cell, string cluster, string topic, string? group)
    {
        var filter = request.Filter() with { Cluster = cluster.Length == 0 ? null : cluster, Topic = topic, Group = group };
        var rows = request.Answers.Ledger(filter, request.Aborted).Rows.Where(row => row.Cluster == cluster).ToList();
        var figure = rows.FirstOrDefault()?[cell];
        var query = QueryOf(cell, topic, group);
        if (cell == LedgerCell.NotSeen && group is not null)
        {
            var unseen = UnseenReader.Read(request, topic, group);
            return new LedgerRecords(figure, unseen.Records, query, unseen.IsCutShort);
        }

        var groups = group is null ? rows.Select(static row => row.Group ?? "").Distinct(StringComparer.Ordinal) : [group];
        var records = ExamplesOf(cell)
            .SelectMany(part => groups.SelectMany(one => request.Answers.LedgerExamples(part, cluster, topic, one))
                .Distinct()
                .Select(example => new LedgerRecord(part, example)))
            .Where(record => request.Range.Time.Contains(record.Example.TimeUnixNs))
            .OrderByDescending(static record => record.Example.TimeUnixNs);
        return new LedgerRecords(figure, [.. records], query, false);
    }

    /// <summary>The figures that a figure is made of.</summary>
    private static IReadOnlyList<LedgerCell> ExamplesOf(LedgerCell cell) => cell switch
    {
        LedgerCell.Lost => LedgerCells.OfLoss,

        // What was sent and did not fail was stored, and nobody keeps it apart.
        LedgerCell.Stored => [LedgerCell.Produced],
        _ => [cell],
    };

    private static string? QueryOf(LedgerCell cell, string topic, string? group)
    {
        var about = $"topic = {Links.Quoted(topic)}";
        var read = group is null ? about : $"{about} and group = {Links.Quoted(group)}";
        return cell switch
        {
            LedgerCell.Produced => $"{about} and operation = send",
            LedgerCell.SendFailed => $"{about} and operation = send and error",
            LedgerCell.Stored => $"{about} and operation = send and not error",
            LedgerCell.Fetched => $"{read} and operation = receive",
            LedgerCell.Processed => $"{read} and operation = process and not error",
            LedgerCell.Failed => $"{read} and operation = process and error",
            LedgerCell.Retried => $"{read} and throughline.process.outcome = retry_scheduled",
            LedgerCell.DeadLettered => $"{read} and throughline.process.outcome = dead_lettered",
            _ => null,
        };
    }
}
