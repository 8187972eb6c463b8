using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>
/// Records the spans that chosen ActivitySources produce, as pictures that no longer change, and waits for them. Needs no
/// OpenTelemetry SDK.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed class SpanRecorder : IDisposable
{
    private readonly SpanRecorderOptions _options;
    private readonly SpanStore _store;
    private readonly ConcurrentDictionary<ActivityTraceId, bool> _tracesInScope = new();
    private readonly ActivityListener _listener;

    private SpanRecorder(SpanRecorderOptions options)
    {
        _options = options;
        _store = new SpanStore(options.SpansMax);
        var sources = options.Sources.ToHashSet(StringComparer.Ordinal);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name) || options.ListenTo?.Invoke(source) == true,
            Sample = Sample,
            ActivityStarted = OnStarted,
            ActivityStopped = OnStopped,
        };
    }

    /// <summary>The spans that have ended, in the order in which they did.</summary>
    public IReadOnlyList<RecordedSpan> Spans => _store.Ended;

    /// <summary>The spans that have started and not ended, as they were when they started.</summary>
    public IReadOnlyList<RecordedSpan> Running => _store.Running;

    /// <summary>How many ended spans were not recorded because there were <see cref="SpanRecorderOptions.SpansMax"/>.</summary>
    public long Dropped => _store.Dropped;

    /// <summary>The traces of the ended spans, in the order in which each first ended one.</summary>
    public IReadOnlyList<RecordedTrace> Traces
    {
        get
        {
            var all = Everything();
            return [.. all.Where(s => s.HasEnded).Select(s => s.TraceId).Distinct().Select(id => new RecordedTrace(id, all))];
        }
    }

    /// <summary>Starts to record every span of these sources.</summary>
    /// <param name="sources">Names of ActivitySources; at least one.</param>
    public static SpanRecorder Start(params IReadOnlyCollection<string> sources) =>
        Start(new SpanRecorderOptions { Sources = sources });

    /// <summary>Starts to record.</summary>
    /// <param name="options">What to record, and how to sample.</param>
    /// <exception cref="ArgumentException">An option is not allowed; the message says what is.</exception>
    public static SpanRecorder Start(SpanRecorderOptions options)
    {
        options.Validate();
        var recorder = new SpanRecorder(options);
        ActivitySource.AddActivityListener(recorder._listener);
        return recorder;
    }

    /// <summary>Waits until that many spans have ended; returns all that have.</summary>
    /// <param name="count">How many, at least.</param>
    /// <param name="timeout">Null for <see cref="SpanRecorderOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TraceAssertionException">The time is over; the message shows what was recorded.</exception>
    public Task<IReadOnlyList<RecordedSpan>> WaitForAsync(
        int count, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WaitAsync(_ => true, count, "", timeout, cancellationToken);

    /// <summary>Waits until a span of this name has ended; returns the first.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="timeout">Null for <see cref="SpanRecorderOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TraceAssertionException">The time is over; the message shows what was recorded.</exception>
    public async Task<RecordedSpan> WaitForAsync(
        string name, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        (await WaitAsync(span => span.Name == name, 1, $" named \"{name}\"", timeout, cancellationToken)
            .ConfigureAwait(false))[0];

    /// <summary>Waits until a span that matches has ended; returns the first.</summary>
    /// <param name="matches">Asked once for each ended span.</param>
    /// <param name="timeout">Null for <see cref="SpanRecorderOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="condition">What the message calls the condition; the compiler gives its text.</param>
    /// <exception cref="TraceAssertionException">The time is over; the message shows what was recorded.</exception>
    public async Task<RecordedSpan> WaitForAsync(
        Func<RecordedSpan, bool> matches,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(matches))] string condition = "") =>
        (await WaitAsync(matches, 1, $" where {condition}", timeout, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Waits until that many spans that match have ended; returns all that match and have.</summary>
    /// <param name="count">How many, at least.</param>
    /// <param name="matches">Asked once for each ended span.</param>
    /// <param name="timeout">Null for <see cref="SpanRecorderOptions.WaitTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="condition">What the message calls the condition; the compiler gives its text.</param>
    /// <exception cref="TraceAssertionException">The time is over; the message shows what was recorded.</exception>
    public Task<IReadOnlyList<RecordedSpan>> WaitForAsync(
        int count,
        Func<RecordedSpan, bool> matches,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(matches))] string condition = "") =>
        WaitAsync(matches, count, $" where {condition}", timeout, cancellationToken);

    /// <summary>One trace, with the spans of it that have ended; it may have none.</summary>
    /// <param name="traceId">Which.</param>
    public RecordedTrace Trace(ActivityTraceId traceId) => new(traceId, Everything());

    /// <summary>Asserts that all ended spans are of one trace, at least one span, and returns it.</summary>
    /// <exception cref="TraceAssertionException">They are not.</exception>
    [StackTraceHidden]
    public RecordedTrace AssertSingleTrace()
    {
        var traces = Traces;
        return traces.Count == 1
            ? traces[0]
            : throw Failure($"Expected the spans of one trace; recorded {traces.Count} traces.");
    }

    /// <summary>Asserts that every span's parent is among the recorded spans of its trace, or is declared here.</summary>
    /// <param name="remoteParents">Parents whose spans other processes or the test itself hold.</param>
    /// <exception cref="TraceAssertionException">A span has another parent.</exception>
    [StackTraceHidden]
    public void AssertNoOrphans(params IReadOnlyCollection<ActivitySpanId> remoteParents)
    {
        foreach (var trace in Traces)
        {
            trace.AssertNoOrphans(remoteParents);
        }
    }

    /// <summary>Stops to record. What was recorded stays.</summary>
    public void Dispose() => _listener.Dispose();

    /// <summary>Everything recorded, as trees.</summary>
    public override string ToString() => TraceTree.Render(Everything());

    private List<RecordedSpan> Everything() => [.. _store.Ended, .. _store.Running];

    private TraceAssertionException Failure(string message) => TraceAssertionException.WithTree(message, Everything(), Dropped);

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options)
    {
        if (!_tracesInScope.ContainsKey(options.Parent.TraceId) && !_options.Scope.Includes(options))
        {
            return ActivitySamplingResult.None;
        }

        return _options.Sampler is { } sampler ? sampler(ref options) : _options.Sampling;
    }

    private void OnStarted(Activity activity)
    {
        if (IsInScope(activity))
        {
            _store.Started(SpanSnapshot.Of(activity, hasEnded: false));
        }
    }

    private void OnStopped(Activity activity)
    {
        if (IsInScope(activity))
        {
            _store.Stopped(SpanSnapshot.Of(activity, hasEnded: true));
        }
    }

    private bool IsInScope(Activity activity)
    {
        if (_options.Scope == SpanScope.All || _tracesInScope.ContainsKey(activity.TraceId))
        {
            return true;
        }

        if (!_options.Scope.Includes(activity))
        {
            return false;
        }

        _tracesInScope.TryAdd(activity.TraceId, true);
        return true;
    }

    private async Task<IReadOnlyList<RecordedSpan>> WaitAsync(
        Func<RecordedSpan, bool> matches, int count, string condition, TimeSpan? timeout, CancellationToken cancellation)
    {
        Require.InRange(count, 1, int.MaxValue, nameof(count));
        var patience = timeout ?? _options.WaitTimeout;
        using var ended = new CancellationTokenSource(patience, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended.Token);
        var found = new List<RecordedSpan>();
        var known = 0;
        while (true)
        {
            var (fresh, more) = _store.After(known);
            known += fresh.Count;
            found.AddRange(fresh.Where(matches));
            if (found.Count >= count)
            {
                return found;
            }

            try
            {
                await more.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                var spans = count == 1 ? "a span" : $"{count} spans";
                throw Failure($"Waited {patience.TotalSeconds:0.###} s for {spans}{condition}; {found.Count} came.");
            }
        }
    }
}
