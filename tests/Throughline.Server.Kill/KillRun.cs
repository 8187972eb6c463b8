using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Kill;

/// <summary>
/// Kills the server many times while clients send, then starts it once more and counts: every acknowledged span is there,
/// every span is there once, and every hop is counted once.
/// </summary>
internal sealed class KillRun(int kills, int seed, TextWriter output)
{
    private const int PassesMax = 40;
    private static readonly TimeSpan LifeMax = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SettledMax = TimeSpan.FromMinutes(2);

    private readonly Random _random = new(seed);

    public async Task<KillVerdict> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("throughline-kill-").FullName;
        try
        {
            await using var senders = new Senders();
            var killed = new SortedDictionary<KillPoint, int>();
            for (var i = 0; i < kills; i++)
            {
                var point = (KillPoint)(i % Enum.GetValues<KillPoint>().Length);
                var hit = await LiveAndDieAsync(folder, senders, point);
                killed[hit] = killed.GetValueOrDefault(hit) + 1;
                await output.WriteLineAsync(
                    $"{i + 1,4} of {kills}: {hit}, {senders.Acknowledged.Count:N0} orders acknowledged, {senders.Resent:N0} requests sent again");
            }

            await senders.StopAsync();
            return await CountAsync(folder, senders, killed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<KillPoint> LiveAndDieAsync(string folder, Senders senders, KillPoint point)
    {
        var (server, address) = await ServerProcess.StartAsync(folder, point, _random.Next(1, PassesMax));
        await using (server)
        {
            senders.Address = address;
            var life = point == KillPoint.Outside ? TimeSpan.FromMilliseconds(_random.Next(50, 1500)) : LifeMax;
            await server.ExitedAsync(life, CancellationToken.None);
            var hit = server.HasExited ? point : KillPoint.Outside;
            server.ThrowIfFailed();
            senders.Address = null;
            return hit;
        }
    }

    private static async Task<KillVerdict> CountAsync(string folder, Senders senders, SortedDictionary<KillPoint, int> killed)
    {
        await using var server = await ThroughlineServer.StartAsync(
            ServerChild.Options(folder), ServerChild.Seams(DiskFiles.Instance, null), NullLoggerFactory.Instance, CancellationToken.None);
        await server.Host.SettledAsync(SettledMax, CancellationToken.None);
        long lost = 0, repeated = 0, stored = 0, unknownStored = 0;
        foreach (var order in senders.Acknowledged)
        {
            var spans = Spans(server, order);
            stored += spans.Distinct().Count();
            lost += Math.Max(0, 2 - spans.Distinct().Count());
            repeated += spans.Count - spans.Distinct().Count();
        }

        foreach (var order in senders.Unknown)
        {
            var spans = Spans(server, order);
            unknownStored += spans.Distinct().Count();
            repeated += spans.Count - spans.Distinct().Count();
        }

        return new KillVerdict
        {
            Killed = killed,
            Acknowledged = 2L * senders.Acknowledged.Count,
            Resent = senders.Resent,
            Lost = lost,
            Repeated = repeated,
            Stored = stored + unknownStored,
            HopsExpected = (stored + unknownStored) / 2,
            HopsCounted = CountHops(server),
            Health = server.Host.Health.Problem,
        };
    }

    private static long CountHops(ThroughlineServer server) =>
        (long)server.Host.Answers
            .Latency(new AnswerFilter(new TimeRange(0, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() * 1_000_000)), LatencyBy.Group, CancellationToken.None)
            .Rows.Sum(row => row.Processing?.Count ?? 0);

    private static List<SpanIdentity> Spans(ThroughlineServer server, Order order) =>
        TraceId.TryParse(order.TraceId, out var id)
            ? [.. server.Host.Store.Trace(id, 100, CancellationToken.None).Select(span => span.Facts.Identity)]
            : [];
}
