using static Throughline.Cli.Analyze.Cells;

namespace Throughline.Cli.Analyze;

/// <summary>The tables of <c>throughline analyze</c>, in the order in which one asks: where is it slow, what fails, what is lost.</summary>
internal static class AnswerTables
{
    private const int RowsMax = 30;

    public static IReadOnlyList<AnswerTable> All { get; } =
    [
        new("latency", "Latency by topic and group", $"/latency?by=group&limit={RowsMax}", "No record was seen to go from a producer to a consumer.", [
            new("topic", row => Text(row, "topic")),
            new("group", row => Text(row, "group")),
            new("records", row => Number(row, "processing", "count"), true),
            new("lag p50", row => Time(row, "lag", "p50"), true),
            new("p99", row => Time(row, "lag", "p99"), true),
            new("produce", row => Time(row, "produce", "p50"), true),
            new("in topic", row => Time(row, "inTopic", "p50"), true),
            new("in client", row => Time(row, "inClient", "p50"), true),
            new("processing", row => Time(row, "processing", "p50"), true),
            new("end to end", row => Time(row, "endToEnd", "p99"), true),
            new("skewed", row => Number(row, "skewed"), true),
        ]),
        new("paths", "Latency by path", $"/latency?by=path&limit={RowsMax}", "No path is known.", [
            new("path", row => Text(row, "path")),
            new("records", row => Number(row, "processing", "count"), true),
            new("end to end p50", row => Time(row, "endToEnd", "p50"), true),
            new("p99", row => Time(row, "endToEnd", "p99"), true),
            new("max", row => Time(row, "endToEnd", "max"), true),
        ]),
        new("errors", "Errors", $"/errors?limit={RowsMax}", "No span has failed.", [
            new("service", row => Text(row, "service")),
            new("operation", row => Text(row, "operation")),
            new("topic", row => Text(row, "topic")),
            new("group", row => Text(row, "group")),
            new("error", row => Text(row, "errorType")),
            new("count", row => Number(row, "count"), true),
        ]),
        new("orphans", "Orphans, by cause", $"/orphans?limit={RowsMax}", "No span misses its parent or creation context.", [
            new("cause", row => Words(row, "cause")),
            new("service", row => Text(row, "service")),
            new("topic", row => Text(row, "topic")),
            new("count", row => Number(row, "count"), true),
            new("latest", LatestExample),
            new("why", LatestReason),
        ]),
        new("ledger", "Ledger", $"/ledger?limit={RowsMax}", "No topic is known.", [
            new("topic", row => Text(row, "topic")),
            new("group", row => Text(row, "group")),
            new("produced", row => Figure(row, "produced"), true),
            new("stored", row => Figure(row, "stored"), true),
            new("fetched", row => Figure(row, "fetched"), true),
            new("processed", row => Figure(row, "processed"), true),
            new("failed", row => Figure(row, "failed"), true),
            new("retried", row => Figure(row, "retried"), true),
            new("dead-lettered", row => Figure(row, "deadLettered"), true),
            new("twice", row => Figure(row, "processedTwice"), true),
            new("lost", row => Figure(row, "lost"), true),
            new("not seen", row => Figure(row, "notSeen"), true),
        ]),
        new("skew", "Partitions and keys that stand out", $"/skew?limit={RowsMax}", "None does.", [
            new("topic", row => Text(row, "topic")),
            new("group", row => Text(row, "group")),
            new("what", row => Words(row, "signal")),
            new("partition", Partition, true),
            new("key", row => Text(row, "key")),
            new("times typical", row => Number(row, "ratio"), true),
            new("rule", row => Text(row, "rule")),
        ]),
        new("overhead", "Headers that tracing adds", $"/overhead?limit={RowsMax}", "No header sizes are known.", [
            new("topic", row => Text(row, "topic")),
            new("records", row => Number(row, "records"), true),
            new("bytes a record", row => Number(row, "bytesPerRecord"), true),
            new("share of the record", row => Share(row, "shareOfRecord"), true),
        ]),
    ];
}
