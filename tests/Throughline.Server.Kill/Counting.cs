using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Kill;

/// <summary>What is there after all kills: the server is started once more, and what it has is held against what was sent.</summary>
internal static class Counting
{
    private static readonly TimeSpan SettledMax = TimeSpan.FromMinutes(5);

    public static async Task<KillVerdict> RunAsync(
        string folder, Senders senders, DateTimeOffset begun, IReadOnlyDictionary<KillPoint, int> killed)
    {
        await using var server = await ThroughlineServer.StartAsync(
            ServerChild.Options(folder), ServerChild.Seams(DiskFiles.Instance, null), NullLoggerFactory.Instance, CancellationToken.None);
        await server.Host.SettledAsync(SettledMax, CancellationToken.None);
        var store = server.Host.Store;
        var spans = StoredSpans.Read(store, begun, DateTimeOffset.UtcNow.AddSeconds(1));
        long lost = 0, stored = 0, copies = 0;
        foreach (var span in senders.Acknowledged.SelectMany(static order => order.Spans))
        {
            var times = spans.Times(span);
            (lost, stored, copies) = (lost + (times == 0 ? 1 : 0), stored + Math.Min(times, 1), copies + times);
        }

        foreach (var times in senders.Unknown.SelectMany(static order => order.Spans).Select(spans.Times))
        {
            (stored, copies) = (stored + Math.Min(times, 1), copies + times);
        }

        var (logsLost, logsRepeated) = CountLogs(store, senders.Logs);
        return new KillVerdict
        {
            Killed = killed,
            Acknowledged = 2L * senders.Acknowledged.Count,
            Resent = senders.Resent,
            Lost = lost,
            Repeated = copies - stored,
            Unsent = Math.Max(store.Statistics.Spans, spans.Count) - copies,
            Stored = stored,
            HopsExpected = stored / 2,
            HopsCounted = CountHops(server),
            LogsAcknowledged = senders.Logs.Count,
            LogsLost = logsLost,
            LogsRepeated = logsRepeated,
            Health = server.Host.Health.Problem,
        };
    }

    /// <summary>In the order in which they came, so that a block is unpacked once.</summary>
    private static (long Lost, long Repeated) CountLogs(ISpanStore store, IEnumerable<OrderLog> logs)
    {
        long lost = 0, repeated = 0;
        foreach (var log in logs.OrderBy(static log => log.Order.Number))
        {
            var found = store.Logs(log.Order.Trace, log.Sent + 10, CancellationToken.None).Count;
            lost += found == 0 ? 1 : 0;
            repeated += Math.Max(0, found - log.Sent);
        }

        return (lost, repeated);
    }

    private static long CountHops(ThroughlineServer server) =>
        (long)server.Host.Answers
            .Latency(new AnswerFilter(new TimeRange(0, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() * 1_000_000)), LatencyBy.Group, CancellationToken.None)
            .Rows.Sum(row => row.Processing?.Count ?? 0);
}
