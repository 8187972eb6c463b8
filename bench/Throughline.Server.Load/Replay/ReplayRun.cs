using System.Globalization;
using System.Text.Json;

namespace Throughline.Server.Load.Replay;

/// <summary>Replays Kafka traces at a server until all of it is stored, and tells what that took.</summary>
internal static class ReplayRun
{
    private static readonly TimeSpan StoredMax = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(ReplayOptions options)
    {
        if (options.Peer is { } peer)
        {
            var alone = new Sending(options, peer);
            Tell(alone, await alone.RunAsync());
            return;
        }

        var folder = Directory.CreateTempSubdirectory("throughline-replay-").FullName;
        try
        {
            await using (var server = await ServerProcess.StartAsync(folder))
            {
                using var stop = new CancellationTokenSource();
                var peak = PeakAsync(server, stop.Token);
                var sending = new Sending(options, server.Otlp);
                var took = await sending.RunAsync();
                Tell(sending, took);
                var stored = await StoredAsync(server, sending.Spans, took);
                await stop.CancelAsync();
                Line("stored", $"{sending.Spans / stored.TotalSeconds:N0} spans/s over {stored.TotalSeconds:N1} s, the wait for quiet traces included");
                Line("server's CPU", $"{server.Cpu.TotalMicroseconds / sending.Spans:N1} µs a span");
                Line("server's memory", $"{await peak / 1048576.0:N0} MiB at most");
                // The log is released behind checkpoints, the last block closed after its time: what stays is the store.
                Line("ingest log", $"{FolderSize(Path.Combine(folder, "log")) / 1048576.0:N0} MiB");
            }

            Line("on disk", $"{FolderSize(Path.Combine(folder, "spans")) / 1048576.0:N0} MiB of store after the stop");
            Line("state", $"{new FileInfo(Path.Combine(folder, "state.db")).Length / 1048576.0:N1} MiB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Tell(Sending sending, TimeSpan took)
    {
        Line("sent", $"{sending.Spans:N0} spans, {sending.Bytes / (double)sending.Spans:N0} B of protobuf each");
        Line("acknowledged", $"{sending.Spans / took.TotalSeconds:N0} spans/s");
        Line("answers", $"p50 {sending.AnswerMs(0.5):N1} ms, p99 {sending.AnswerMs(0.99):N1} ms; {sending.Later} told to come later");
    }

    private static async Task<TimeSpan> StoredAsync(ServerProcess server, long spans, TimeSpan before)
    {
        using var http = new HttpClient();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        long stored = 0;
        while (watch.Elapsed < StoredMax)
        {
            using var status = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(server.Answers, "/api/v1/status")));
            stored = status.RootElement.GetProperty("spans").GetInt64();
            if (stored >= spans)
            {
                return before + watch.Elapsed;
            }

            await Task.Delay(100);
        }

        var metrics = await http.GetStringAsync(new Uri(server.Answers, "/metrics"));
        throw new TimeoutException($"{stored} of {spans} spans were stored within {StoredMax}.\n{metrics}");
    }

    private static async Task<long> PeakAsync(ServerProcess server, CancellationToken stop)
    {
        long peak = 0;
        while (!stop.IsCancellationRequested)
        {
            peak = Math.Max(peak, server.WorkingSet);
            await Task.Delay(200, CancellationToken.None);
        }

        return peak;
    }

    private static long FolderSize(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static void Line(string name, FormattableString text) =>
        Console.WriteLine($"{name,-16} {text.ToString(CultureInfo.InvariantCulture)}");
}
