using System.Diagnostics.Metrics;

namespace Throughline.Propagation.Internal;

/// <summary>Counts what was refused, by cause, and says so at most once a minute per cause.</summary>
internal sealed class Refusals
{
    public const string MeterName = "Throughline.Propagation";
    public const string CounterName = "throughline.propagation.refused";
    public const string CauseAttribute = "throughline.cause";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Counter = Meter.CreateCounter<long>(
        CounterName, "{refusal}", "Headers, members and propagators that were refused, by cause.");

    private readonly TimeProvider _time;
    private readonly RefusalTally[] _tallies;

    public Refusals(TimeProvider time)
    {
        _time = time;
        _tallies = new RefusalTally[RefusalCauses.Count];
        for (int at = 0; at < _tallies.Length; at++)
        {
            _tallies[at] = new RefusalTally();
        }
    }

    /// <summary>The process's own.</summary>
    public static Refusals Shared { get; } = new(TimeProvider.System);

    /// <summary>Counts one.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="detail">What exactly, where that says more than the cause and holds no header's content.</param>
    public void Count(RefusalCause cause, string detail = "")
    {
        RefusalMeaning meaning = RefusalCauses.Of(cause);
        Counter.Add(1, new KeyValuePair<string, object?>(CauseAttribute, meaning.Name));
        RefusalTally tally = _tallies[(int)cause];
        tally.Count();
        if (PropagationEventSource.Log.IsHeard && tally.IsTimeToSpeak(_time, Quiet, out long unsaid))
        {
            PropagationEventSource.Log.Refused(meaning.Name, meaning.Meaning, detail, unsaid);
        }
    }
}
