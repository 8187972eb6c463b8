using System.Diagnostics;
using System.Globalization;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;

namespace Throughline.Server.Load.Answers;

/// <summary>
/// Asks the analyses of the last hour, at as many series as there may be, while they are counted on: what making an answer
/// costs, and how long clients wait that ask without pause.
/// </summary>
internal static class AnswerRun
{
    private const int Clients = 8;
    private const int Made = 7;
    private static readonly TimeSpan AskFor = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("throughline-answers-").FullName;
        try
        {
            using var filled = new FilledAnalyses(folder);
            filled.Fill();
            Console.WriteLine($"{filled.Series} series");
            using var stop = new CancellationTokenSource();
            var living = Task.Run(() => LiveAsync(filled, stop.Token));
            Console.WriteLine($"| {"of the last hour",-40} | {"rows",5} | {"made, cpu ms",12} | {"made, ms",8} | {"p50 ms",7} | {"p95 ms",7} | {"max ms",7} | {"asked",6} |");
            Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
            foreach (var (name, ask) in Kinds)
            {
                await AskAsync(name, ask, filled.Answers);
            }

            await stop.CancelAsync();
            await living;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, Func<IAnswers, int> Ask)> Kinds =>
    [
        ("latency by group", answers => answers.Latency(LastHour, LatencyBy.Group, default).Rows.Count),
        ("latency of every partition", answers => answers.Latency(LastHour, LatencyBy.Partition, default).Rows.Count),
        ("latency by path", answers => answers.Latency(LastHour, LatencyBy.Path, default).Rows.Count),
        ("latency by group over time", answers => answers.LatencyOverTime(LastHour, LatencyBy.Group, null, default).Rows.Count),
        ("lag of every partition", answers => answers.Lag(LastHour, null, default).Rows.Count),
        ("skew", answers => answers.Skew(LastHour, default).Rows.Count),
        ("ledger", answers => answers.Ledger(LastHour, default).Rows.Count),
        ("errors", answers => answers.Errors(LastHour, default).Rows.Count),
        ("topology", answers => answers.Topology(LastHour, default).Edges.Count),
        ("latency of one topic's partitions", answers => answers.Latency(OneTopic, LatencyBy.Partition, default).Rows.Count),
        ("lag of one topic", answers => answers.Lag(OneTopic, null, default).Rows.Count),
    ];

    private static AnswerFilter OneTopic => LastHour with { Topic = "topic-7" };

    private static AnswerFilter LastHour
    {
        get
        {
            var now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            return new AnswerFilter(new TimeRange(now - (3600L * 1_000_000_000), now), Limit: 100);
        }
    }

    private static async Task AskAsync(string name, Func<IAnswers, int> ask, IAnswers answers)
    {
        var making = new List<double>();
        var rows = 0;
        var cpu = TimeSpan.Zero;
        for (var i = 0; i < Made; i++)
        {
            var before = Queries.ThreadTime.Now;
            var begun = Stopwatch.GetTimestamp();
            rows = ask(answers);
            making.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            cpu += Queries.ThreadTime.Now - before;
        }

        var cached = new CachedAnswers(answers, TimeProvider.System);
        var waits = (await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => Client(cached, ask))))).SelectMany(static one => one).Order().ToList();
        making.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name,-40} | {rows,5} | {cpu.TotalMilliseconds / Made,12:n1} | {making[Made / 2],8:n1} | {At(0.5),7:n2} | {At(0.95),7:n2} | {waits[^1],7:n1} | {waits.Count,6} |"));

        double At(double share) => waits[Math.Min(waits.Count - 1, (int)(waits.Count * share))];
    }

    private static List<double> Client(IAnswers answers, Func<IAnswers, int> ask)
    {
        var waits = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < AskFor)
        {
            var begun = Stopwatch.GetTimestamp();
            ask(answers);
            waits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            Thread.Sleep(Pause);
        }

        return waits;
    }

    private static async Task LiveAsync(FilledAnalyses filled, CancellationToken stop)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            filled.LiveOn(i);
            await second.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
