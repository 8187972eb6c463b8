using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Each histogram's exemplar is the span whose duration, or beginning, it measured: by the SDK itself.</summary>
[Collection(Isolated.Name)]
public sealed class ExemplarTests(EmbeddedKafka kafka) : TracingSuite(kafka)
{
    private readonly KeepingExporter _exporter = new();

    [Fact]
    public async Task Send_process_lag_and_commit_are_tied_to_their_spans()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using (var sdk = StartSdk())
        {
            using var producer = Producer();
            using var consumer = Consumer(topic);

            // The report, and with it the measurement, comes on the client's own thread.
            producer.Produce(topic, Message());
            producer.Flush(Patience);
            var record = ConsumeOne(consumer);
            using (consumer.StartProcess(record))
            {
            }

            consumer.Commit(record);
            sdk.ForceFlush();
        }

        var (send, process, commit) = (await Span(recorder, $"send {topic}"), await Span(recorder, $"process {topic}"), await Span(recorder, $"commit {topic}"));
        Assert.Equal([send, commit], _exporter.Exemplars("messaging.client.operation.duration").OrderBy(it => it == commit));
        Assert.Equal([process], _exporter.Exemplars("messaging.process.duration"));
        Assert.Equal([process], _exporter.Exemplars("throughline.consumer.lag.time"));
        Assert.Contains(send, _exporter.Exemplars("messaging.client.sent.messages"));
    }

    [Theory]
    [InlineData("in another flow")]
    [InlineData("while something else is current")]
    public async Task Process_is_tied_to_its_span_wherever_its_scope_is_disposed(string where)
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using (var sdk = StartSdk())
        {
            using var consumer = Consumer(topic);
            var scope = consumer.StartProcess(new ConsumeResult<string, string> { Topic = topic, Partition = 0, Offset = 1, Message = Message() });
            using var left = where == "in another flow" ? null : Start("left running", topic);
            if (left is null)
            {
                var elsewhere = new Thread(scope.Dispose);
                elsewhere.UnsafeStart();
                elsewhere.Join();
            }

            scope.Dispose();
            sdk.ForceFlush();
        }

        Assert.Equal([await Span(recorder, $"process {topic}")], _exporter.Exemplars("messaging.process.duration"));
        Activity.Current = null;
    }

    [Fact]
    public async Task Send_that_has_no_span_is_tied_to_the_callers()
    {
        var topic = await CreateTopicAsync();
        using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(KafkaInstrumentation.MeterName)
            .SetExemplarFilter(ExemplarFilterType.TraceBased).AddReader(new BaseExportingMetricReader(_exporter)).Build();
        using var producer = Producer();
        using var request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();
        producer.Produce(topic, Message());
        producer.Flush(Patience);
        metrics.ForceFlush();
        Assert.Equal([(request.TraceId, request.SpanId)], _exporter.Exemplars("messaging.client.operation.duration"));
    }

    private static async Task<(ActivityTraceId, ActivitySpanId)> Span(SpanRecorder recorder, string name)
    {
        var span = await recorder.WaitForAsync(name);
        return (span.TraceId, span.SpanId);
    }

    private RunningSdk StartSdk() => new(
        Sdk.CreateTracerProviderBuilder().AddSource(KafkaInstrumentation.ActivitySourceName).SetSampler(new AlwaysOnSampler()).Build(),
        Sdk.CreateMeterProviderBuilder().AddMeter(KafkaInstrumentation.MeterName)
            .SetExemplarFilter(ExemplarFilterType.TraceBased).AddReader(new BaseExportingMetricReader(_exporter)).Build());

    private sealed record RunningSdk(TracerProvider Traces, MeterProvider Metrics) : IDisposable
    {
        public void ForceFlush() => Metrics.ForceFlush();

        public void Dispose()
        {
            Metrics.Dispose();
            Traces.Dispose();
        }
    }
}
