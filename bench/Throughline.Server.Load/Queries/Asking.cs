using System.Diagnostics;
using System.Globalization;
using Throughline.Server.Internal.Store;
using Throughline.Server.Load.Generation;

namespace Throughline.Server.Load.Queries;

/// <summary>Asks a filled store every kind of question, many clients at once, and tells how long each took.</summary>
internal static class Asking
{
    private static readonly TimeSpan KindMax = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(QueryOptions options)
    {
        var samples = Samples.Load(options.Folder);
        var isCold = PageCache.Forget(options.Folder);
        var traffic = new TrafficOptions { Seed = 2, Begin = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) };
        await using var loaded = new LoadedStore(options, traffic, (int)(samples.Spans / samples.Segments));
        var begun = Stopwatch.GetTimestamp();
        loaded.Store.Recover(samples.Mark);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"opened in {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:n0} ms, page cache {(isCold ? "forgotten" : "as it was")}"));
        using var stop = new CancellationTokenSource();
        var ingest = options.Ingest > 0 ? Task.Run(() => Ingest(loaded, options.Ingest, stop.Token)) : Task.FromResult(0L);
        var kinds = QueryKind.Of(samples);
        Console.WriteLine($"| {"kind",-50} | {"found",6} | {"first ms",8} | {"p50 ms",8} | {"p95 ms",8} | {"max ms",8} | {"cpu ms",8} | {"asked",6} |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        begun = Stopwatch.GetTimestamp();
        foreach (var kind in kinds)
        {
            Ask(loaded.Store, kind, options);
        }

        await stop.CancelAsync();
        var ingested = await ingest;
        if (options.Ingest > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"ingested meanwhile: {ingested / Stopwatch.GetElapsedTime(begun).TotalSeconds:n0} spans/s of {options.Ingest} wanted"));
        }

        var heap = GC.GetGCMemoryInfo();
        Console.WriteLine($"heap {heap.HeapSizeBytes / 1024 / 1024:n0} MiB, committed {heap.TotalCommittedBytes / 1024 / 1024:n0} MiB, of garbage {heap.FragmentedBytes / 1024 / 1024:n0} MiB");
        Console.WriteLine($"memory {Process.GetCurrentProcess().WorkingSet64 / 1024 / 1024:n0} MiB, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024:n0} MiB");
    }

    private static void Ask(ISpanStore store, QueryKind kind, QueryOptions options)
    {
        var times = new List<double>();
        var found = 0;
        var asked = 0;
        double first = 0;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        var clients = Enumerable.Range(0, options.Clients).Select(client => new Thread(() =>
        {
            var random = new Random(client);
            while (Interlocked.Increment(ref asked) <= options.Each && Stopwatch.GetElapsedTime(begun) < KindMax)
            {
                var at = Stopwatch.GetTimestamp();
                var count = kind.Ask(store, random);
                var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                lock (times)
                {
                    first = times.Count == 0 ? took : first;
                    times.Add(took);
                    found = Math.Max(found, count);
                }
            }
        })).ToList();
        clients.ForEach(client => client.Start());
        clients.ForEach(client => client.Join());
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {kind.Name,-50} | {found,6} | {first,8:n2} | {At(0.5),8:n2} | {At(0.95),8:n2} | {times[^1],8:n2} | {cpu.TotalMilliseconds / times.Count,8:n2} | {times.Count,6} |"));

        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
    }

    private static long Ingest(LoadedStore loaded, int perSecond, CancellationToken stop)
    {
        long count = 0;
        var begun = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var (payload, spans) = loaded.Next();
            foreach (var span in spans)
            {
                loaded.Append(payload, span);
                count++;
            }

            var ahead = TimeSpan.FromSeconds((double)count / perSecond) - Stopwatch.GetElapsedTime(begun);
            if (ahead > TimeSpan.Zero)
            {
                stop.WaitHandle.WaitOne(ahead);
            }
        }

        return count;
    }
}
