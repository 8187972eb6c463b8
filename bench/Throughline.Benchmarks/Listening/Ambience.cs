using System.Diagnostics;

namespace Throughline.Benchmarks.Listening;

/// <summary>What is set up around a benchmark, and taken down after it.</summary>
internal sealed class Ambience : IDisposable
{
    private readonly IDisposable?[] _listeners;
    private readonly Activity? _request;

    private Ambience(bool? isSampled, params IDisposable?[] listeners)
    {
        _listeners = listeners;
        if (isSampled is { } sampled)
        {
            // Somebody else's span, such as that of an HTTP request.
            _request = new Activity("request") { ActivityTraceFlags = sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None };
            _request.Start();
        }
    }

    internal static Ambience Of(Situation situation)
    {
        Listeners.SetPropagators();
        return situation switch
        {
            Situation.Unlistened => new(null),
            Situation.UnlistenedInSpan => new(isSampled: false),
            Situation.UnsampledChild => new(isSampled: false, Listeners.Spans(sampleRoots: false)),
            Situation.UnsampledRoot => new(null, Listeners.Spans(sampleRoots: false)),
            Situation.SampledChild => new(isSampled: true, Listeners.Spans(sampleRoots: true)),
            Situation.SampledRoot => new(null, Listeners.Spans(sampleRoots: true)),
            Situation.SampledChildAndMetrics => new(isSampled: true, Listeners.Spans(sampleRoots: true), Listeners.Metrics()),
            Situation.SampledChildOfSdk => new(isSampled: true, Listeners.Sdk()),
            _ => throw new ArgumentOutOfRangeException(nameof(situation), situation, "There is no such situation."),
        };
    }

    public void Dispose()
    {
        // A contender that left a span current, or lost the one that was, would have been measured in another situation.
        if (Activity.Current != _request)
        {
            throw new InvalidOperationException($"The ambient activity is '{Activity.Current?.DisplayName}' after the benchmark.");
        }

        _request?.Stop();
        foreach (var listener in _listeners)
        {
            listener?.Dispose();
        }
    }
}
