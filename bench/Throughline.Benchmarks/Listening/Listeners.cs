using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;
using Throughline.Benchmarks.Peer;
using Throughline.Benchmarks.Sends;
using Throughline.Kafka;

namespace Throughline.Benchmarks.Listening;

/// <summary>Who listens to the contenders' spans and metrics. What a listener does with them is not measured: nothing.</summary>
internal static class Listeners
{
    private static readonly string[] Sources =
        [KafkaInstrumentation.ActivitySourceName, PeerInstrumentation.Name, HandWrittenSend.SourceName];

    /// <summary>Samples as the SDK's default does: like the parent; a root as <paramref name="sampleRoots"/> says.</summary>
    internal static IDisposable Spans(bool sampleRoots)
    {
        var root = sampleRoots ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name, StringComparer.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent switch
            {
                { TraceId: var id } when id == default => root,
                { TraceFlags: ActivityTraceFlags.Recorded } => ActivitySamplingResult.AllDataAndRecorded,
                { IsRemote: true } => ActivitySamplingResult.PropagationData,
                _ => ActivitySamplingResult.None,
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>The OpenTelemetry SDK itself, sampling everything, without a processor.</summary>
    internal static IDisposable Sdk() => OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(Sources).Build();

    /// <summary>Collects every metric of the contenders.</summary>
    internal static IDisposable Metrics()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (Sources.Contains(instrument.Meter.Name, StringComparer.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    /// <summary>What the SDK sets when it loads: the peer injects nothing without.</summary>
    internal static void SetPropagators() => OpenTelemetry.Sdk.SetDefaultTextMapPropagator(
        new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]));
}
