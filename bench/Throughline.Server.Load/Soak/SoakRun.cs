using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Throughline.Server.Load.Replay;

namespace Throughline.Server.Load.Soak;

/// <summary>
/// A server under load for longer than it keeps anything: traces settle, segments roll, the ingest log is released,
/// retention drops. Its memory is told over time, and has to stay where it was once all of that had begun.
/// </summary>
internal static class SoakRun
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(SoakOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("throughline-soak-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(folder, options.Kept);
            using var stop = new CancellationTokenSource();
            var sending = new Sending(new ReplayOptions { Rate = options.Rate, Seconds = options.Seconds }, server.Otlp);
            var watching = WatchAsync(server, stop.Token);
            await using var pages = new Pages(server.Answers);
            var told = TellAsync(server, folder, pages, stop.Token);
            var took = await sending.RunAsync();
            await stop.CancelAsync();
            var memory = await watching;
            await told;
            Line($"sent      {sending.Spans:N0} spans, {sending.Spans / took.TotalSeconds:N0}/s acknowledged; {sending.Later:N0} requests told to come later");
            Line($"answers   to senders p50 {sending.AnswerMs(0.5):N1} ms, p99 {sending.AnswerMs(0.99):N1} ms; to pages p50 {pages.Ms(0.5):N1} ms, p95 {pages.Ms(0.95):N1} ms, {pages.Failed} failed");
            Line($"CPU       {server.Cpu.TotalMicroseconds / sending.Spans:N1} µs a span, with the pages");
            Verdict(memory);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Memory twice a second.</summary>
    private static async Task<List<double>> WatchAsync(ServerProcess server, CancellationToken stop)
    {
        var memory = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            memory.Add(server.WorkingSet / 1048576.0);
            await Task.Delay(500, CancellationToken.None);
        }

        return memory;
    }

    private static async Task TellAsync(ServerProcess server, string folder, Pages pages, CancellationToken stop)
    {
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        Console.WriteLine("| s | spans stored | dropped by retention | segments | store MiB | ingest log MiB | state MiB | memory MiB | pages' p95 ms |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            using var status = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(server.Answers, "/api/v1/status"), CancellationToken.None));
            var root = status.RootElement;
            Line($"| {watch.Elapsed.TotalSeconds:N0} | {Number(root, "spans"):N0} | {Number(root, "spansDropped"):N0} | {Number(root, "segments")} | {Number(root, "bytes") / 1048576.0:N0} | {Size(Path.Combine(folder, "log")):N0} | {Size(folder):N0} | {server.WorkingSet / 1048576.0:N0} | {pages.Ms(0.95):N0} |");
        }
    }

    private static void Verdict(List<double> memory)
    {
        var third = memory.Count / 3;
        var (middle, last) = (memory[third..(2 * third)], memory[(2 * third)..]);
        Line($"memory    middle third {middle.Average():N0} MiB, at most {middle.Max():N0}; last third {last.Average():N0} MiB, at most {last.Max():N0}");
    }

    private static long Number(JsonElement root, string name) => root.GetProperty(name).GetInt64();

    /// <summary>MiB of the files in a folder, that may go while one counts.</summary>
    private static double Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().Sum(static file => file.Exists ? file.Length : 0) / 1048576.0;

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
