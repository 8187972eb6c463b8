using System.Diagnostics;
using System.Globalization;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Load.Generation;

namespace Throughline.Server.Load.Queries;

/// <summary>Fills a store with spans, and tells what that took.</summary>
internal static class Filling
{
    private const int SampleEvery = 997;

    public static async Task RunAsync(QueryOptions options)
    {
        if (Directory.Exists(options.Folder))
        {
            Directory.Delete(options.Folder, recursive: true);
        }

        Directory.CreateDirectory(options.Folder);
        var rows = (int)Math.Max(1, options.Spans / options.Segments);
        await using var loaded = new LoadedStore(options, new TrafficOptions(), rows);
        loaded.Store.Recover(null);
        var traces = new List<string>();
        var records = new List<Samples.RecordSample>();
        var services = new Dictionary<string, long>();
        var durations = new List<long>();
        long count = 0, bytes = 0;
        var appending = TimeSpan.Zero;
        var making = TimeSpan.Zero;
        var cpuBefore = Process.GetCurrentProcess().TotalProcessorTime;
        var begun = Stopwatch.StartNew();
        while (count < options.Spans)
        {
            // The generator's own processor time is taken off: it runs on this thread alone.
            var madeAt = ThreadTime.Now;
            var (payload, spans) = loaded.Next();
            foreach (var span in spans)
            {
                Sample(span);
            }

            var appendedAt = ThreadTime.Now;
            making += appendedAt - madeAt;
            foreach (var span in spans)
            {
                loaded.Append(payload, span);
                bytes += span.Position.Length;
            }

            appending += ThreadTime.Now - appendedAt;
        }

        var mark = loaded.Store.Flush(everything: true);
        loaded.Store.Settle();
        begun.Stop();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime - cpuBefore - making;
        var statistics = loaded.Store.Statistics;
        durations.Sort();
        var filling = string.Create(CultureInfo.InvariantCulture, $"""
            spans                        {statistics.Spans:n0} in {statistics.Segments} segments
            bytes as received, a span    {(double)bytes / count:n0}
            bytes on disk, a span        {(double)statistics.Bytes / statistics.Spans:n1}
              of which blocks            {(double)Sum(options, "*.spans") / count:n1}
              of which indexes           {(double)Sum(options, "*.db") / count:n1}
            processor time, a span       {cpu.TotalMicroseconds / count:n2} us, of all threads of the store
              of which the caller's      {appending.TotalMicroseconds / count:n2} us
            spans/s of one core          {count / cpu.TotalSeconds:n0}
            spans/s, generator beside it {count / begun.Elapsed.TotalSeconds:n0}
            peak memory                  {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024:n0} MiB
            """);
        Console.WriteLine(filling);
        new Samples
        {
            Mark = mark.Mark,
            Spans = count,
            Segments = statistics.Segments,
            Traces = traces,
            Records = records,
            Services = services.ToDictionary(service => service.Key, service => (double)service.Value / count),
            DurationOfOnePercent = durations[durations.Count * 99 / 100],
            Filling = filling,
        }.Save(options.Folder);

        void Sample(SpanFacts span)
        {
            services[span.Source.Service] = services.GetValueOrDefault(span.Source.Service) + 1;
            if (count++ % SampleEvery == 0)
            {
                traces.Add(span.TraceId.ToString());
                durations.Add(span.DurationNs);
            }

            if (span.Messaging is { Offset: >= 0, Topic: { } topic } messaging && count % SampleEvery < 3)
            {
                records.Add(new Samples.RecordSample(topic, messaging.Partition, messaging.Offset));
            }
        }
    }

    private static long Sum(QueryOptions options, string pattern) =>
        new DirectoryInfo(options.Folder).EnumerateFiles(pattern, SearchOption.AllDirectories).Sum(file => file.Length);
}
