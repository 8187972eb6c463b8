using Microsoft.AspNetCore.Http;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Server.Internal;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Journeys;

namespace Throughline.Dashboard.Internal.Journeys;

/// <summary>
/// Reads journeys, and keeps the latest for a while: a page asks for its rows, then for a span, then for another. Who asks
/// for the same at once waits for the same reading.
/// </summary>
internal sealed class RecentJourneys : IDisposable
{
    private const int JourneysMax = 16;
    private const long SpansMax = 250_000;

    /// <summary>How long spans, rows and exports are shown from what a page has read.</summary>
    public static readonly TimeSpan WhileLookedAt = TimeSpan.FromSeconds(60);

    // A journey is served for ten times as long as it took to read; it changes while it is young.
    private const int ServedPerTaken = 10;
    private static readonly TimeSpan ServedMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ServedMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly Dictionary<JourneyAsked, RecentJourney> _recent = [];
    private ITimer? _sweeper;

    /// <summary>The journey, or null where nobody knows the trace.</summary>
    /// <param name="server">What to read from.</param>
    /// <param name="asked">Which.</param>
    /// <param name="ageMax">How old a reading may be; null for what suits its cost.</param>
    /// <param name="aborted">Nobody waits any more; the reading goes on for whoever asks next.</param>
    public Task<LaidOutJourney?> ReadAsync(ApiServices server, JourneyAsked asked, TimeSpan? ageMax, CancellationToken aborted)
    {
        lock (_gate)
        {
            _sweeper ??= server.Time.CreateTimer(_ => Sweep(server.Time), null, SweepEvery, SweepEvery);
            if (!_recent.TryGetValue(asked, out var recent) || !recent.Serves(server.Time, ageMax))
            {
                recent = new RecentJourney(server.Time.GetTimestamp(), Task.Run(() => BuildAsync(server, asked), CancellationToken.None), server.Time);
                _recent[asked] = recent;
                Bound();
            }

            return recent.Reading.WaitAsync(aborted);
        }
    }

    /// <summary>The first spans of a journey, soon.</summary>
    public static async Task<LaidOutJourney?> PreviewAsync(ApiServices server, JourneyAsked asked, CancellationToken aborted)
    {
        var few = new JourneyOptions { SpansMax = 200, TraceSpansMax = 500, TracesMax = 10, RelatedMax = 50, RecordLookupsMax = 10, BesideMax = 50 };
        var journey = await asked.ReadAsync(server.Journeys.Within(few), aborted).ConfigureAwait(false);
        return journey is null ? null : new LaidOutJourney(journey, RowTree.Of(journey, static (_, _) => []), JourneyLogs.None, isPreview: true);
    }

    public void Dispose() => _sweeper?.Dispose();

    private static async Task<LaidOutJourney?> BuildAsync(ApiServices server, JourneyAsked asked)
    {
        using var ended = new CancellationTokenSource(2 * server.WorkMax, server.Time);
        try
        {
            if (await asked.ReadAsync(server.Journeys, ended.Token).ConfigureAwait(false) is not { } journey)
            {
                return null;
            }

            var traces = journey.Spans.Select(static span => span.Facts.TraceId).Distinct().ToList();
            var logs = JourneyLogs.Read(server.Store, traces, ended.Token);
            var unread = new UnreadGroups(server.Answers, journey, UnixTime.Of(server.Time.GetUtcNow()), ended.Token);
            return new LaidOutJourney(journey, RowTree.Of(journey, unread.Of), logs, isPreview: false);
        }
        catch (OperationCanceledException e) when (ended.IsCancellationRequested)
        {
            throw new ApiException(
                StatusCodes.Status504GatewayTimeout,
                $"the journey took longer than {(2 * server.WorkMax).TotalSeconds:0.###} s to read, twice --query-time-max", e);
        }
    }

    private void Bound()
    {
        while (_recent.Count > JourneysMax || (_recent.Count > 1 && _recent.Values.Sum(static recent => recent.Spans) > SpansMax))
        {
            _recent.Remove(_recent.MinBy(static pair => pair.Value.Begun).Key);
        }
    }

    private void Sweep(TimeProvider time)
    {
        lock (_gate)
        {
            foreach (var (asked, _) in _recent.Where(pair => time.GetElapsedTime(pair.Value.Begun) > WhileLookedAt).ToList())
            {
                _recent.Remove(asked);
            }
        }
    }

    private sealed class RecentJourney
    {
        private long _ended;

        public RecentJourney(long begun, Task<LaidOutJourney?> reading, TimeProvider time)
        {
            (Begun, Reading) = (begun, reading);
            _ = reading.ContinueWith(_ => Volatile.Write(ref _ended, time.GetTimestamp()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        public long Begun { get; }

        public Task<LaidOutJourney?> Reading { get; }

        public long Spans => Reading is { IsCompletedSuccessfully: true, Result: { } journey } ? journey.Journey.Spans.Count : 0;

        public bool Serves(TimeProvider time, TimeSpan? ageMax)
        {
            if (!Reading.IsCompleted)
            {
                return true;
            }

            if (!Reading.IsCompletedSuccessfully || Reading.Result is null)
            {
                return false;
            }

            var ended = Volatile.Read(ref _ended);
            var took = ended == 0 ? TimeSpan.Zero : time.GetElapsedTime(Begun, ended);
            var served = TimeSpan.FromTicks(Math.Clamp(took.Ticks * ServedPerTaken, ServedMin.Ticks, ServedMax.Ticks));
            return time.GetElapsedTime(Begun) <= (ageMax ?? served);
        }
    }
}
