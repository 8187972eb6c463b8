namespace Throughline.Server.Kill;

/// <summary>
/// Kills the server many times while clients send, then starts it once more and counts: every acknowledged span is there,
/// every span is there once, and every hop is counted once.
/// </summary>
internal sealed class KillRun(int kills, int seed, TextWriter output)
{
    private const int PassesMax = 40;
    private static readonly TimeSpan LifeMax = TimeSpan.FromSeconds(8);

    private readonly Random _random = new(seed);

    public async Task<KillVerdict> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("throughline-kill-").FullName;
        var begun = DateTimeOffset.UtcNow;
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
            return await Counting.RunAsync(folder, senders, begun, killed);
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
}
