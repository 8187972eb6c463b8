using System.Diagnostics;
using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>What a <see cref="SpanRecorder"/> records, and how it samples.</summary>
public sealed record SpanRecorderOptions
{
    /// <summary>The names of the ActivitySources to listen to.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>Chooses more ActivitySources; null for none.</summary>
    public Func<ActivitySource, bool>? ListenTo { get; init; }

    /// <summary>Which spans concern this recorder; <see cref="SpanScope.All"/> by default.</summary>
    public SpanScope Scope { get; init; } = SpanScope.All;

    /// <summary>
    /// What the recorder asks for each span in scope. .NET gives the most that any listener in the process asks for, so that
    /// a test with less needs other recorders to be scoped.
    /// </summary>
    public ActivitySamplingResult Sampling { get; init; } = ActivitySamplingResult.AllDataAndRecorded;

    /// <summary>Decides span by span instead of <see cref="Sampling"/>; null, the default, to leave it at that.</summary>
    public SampleActivity<ActivityContext>? Sampler { get; init; }

    /// <summary>Spans recorded at most; those after are counted in <see cref="SpanRecorder.Dropped"/>. 1 to 10,000,000.</summary>
    public int SpansMax { get; init; } = 100_000;

    /// <summary>How long a wait lasts that names no time of its own; more than zero.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of the waits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        Require.That(
            Sources.Count > 0 || ListenTo is not null,
            nameof(Sources),
            $"{nameof(Sources)} is empty; name an ActivitySource, or set {nameof(ListenTo)}.");
        Require.InRange(SpansMax, 1, 10_000_000, nameof(SpansMax));
        Require.InRange(WaitTimeout, TimeSpan.FromTicks(1), TimeSpan.FromDays(1), nameof(WaitTimeout));
        Require.Defined(Sampling, nameof(Sampling));
    }
}
