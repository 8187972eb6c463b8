using System.Collections.Concurrent;
using System.Diagnostics;

namespace Throughline.Kafka.Stress;

/// <summary>
/// Sees every span that starts, from whatever source, and knows whose trace it may be in: a trace belongs to one story,
/// and a story's flow carries who it is, independently of what is being tested.
/// </summary>
internal sealed class Witness : IDisposable
{
    private const int FailuresMax = 20;

    private readonly ConcurrentDictionary<ActivityTraceId, Story> _owners = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ActivityListener _listener;
    private long _spans;
    private long _checks;

    public Witness(Func<ActivitySource, bool>? listensTo = null)
    {
        _listener = new()
        {
            ShouldListenTo = listensTo ?? (source => source.Name is KafkaInstrumentation.ActivitySourceName or Story.SourceName),
            Sample = Sample,
            ActivityStarted = Started,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Failures => _failures;

    public long Spans => Interlocked.Read(ref _spans);

    public long Checks => Interlocked.Read(ref _checks);

    public void Dispose() => _listener.Dispose();

    public void Checked() => Interlocked.Increment(ref _checks);

    public void Fail(string what)
    {
        if (_failures.Count < FailuresMax)
        {
            _failures.Enqueue(what);
        }
    }

    /// <summary>From now on that trace is the story's; false when it is another's.</summary>
    public bool TryOwn(ActivityTraceId trace, Story story)
    {
        var owner = _owners.GetOrAdd(trace, story);
        if (owner == story)
        {
            story.Traces.Add(trace);
        }

        return owner == story;
    }

    /// <summary>Lets go of a story that is over.</summary>
    public void Forget(Story story)
    {
        foreach (var trace in story.Traces)
        {
            _owners.TryRemove(trace, out _);
        }
    }

    // By the trace, so that a story's sampling does not hang on timing: a quarter not at all, a quarter for its ids only.
    private static ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) => (options.TraceId.ToHexString()[^1] & 3) switch
    {
        0 => ActivitySamplingResult.None,
        1 => ActivitySamplingResult.PropagationData,
        _ => ActivitySamplingResult.AllDataAndRecorded,
    };

    private void Started(Activity activity)
    {
        Interlocked.Increment(ref _spans);

        // A client's poll thread has no story; the handlers there check for themselves.
        if (Story.Current is { } story && !TryOwn(activity.TraceId, story))
        {
            story.Fail($"'{activity.DisplayName}' started in a trace of {_owners.GetValueOrDefault(activity.TraceId)}, under {activity.ParentId}");
        }
    }
}
