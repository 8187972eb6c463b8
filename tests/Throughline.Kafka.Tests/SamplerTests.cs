using System.Diagnostics;
using Confluent.Kafka;
using NSubstitute;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Throughline.Kafka.Tests;

/// <summary>
/// What samplers see, and what recorded spans have, although spans that will probably not be recorded start without attributes
/// and links.
/// </summary>
[Collection(Isolated.Name)]
public sealed class SamplerTests : IDisposable
{
    private const string Own = "sampler.own";

    private readonly List<Activity> _recorded = [];
    private readonly AskedSampler _sampler = new();
    private readonly TracerProvider _sdk;
    private readonly TracingProducer<string, string> _producer = Substitute.For<IProducer<string, string>>().WithTracing();
    private readonly IConsumer<string, string> _inner = Substitute.For<IConsumer<string, string>>();
    private readonly TracingConsumer<string, string> _consumer;

    public SamplerTests()
    {
        _consumer = _inner.WithTracing();
        _sdk = Sdk.CreateTracerProviderBuilder().AddSource(KafkaInstrumentation.ActivitySourceName)
            .SetSampler(_sampler).AddProcessor(new SimpleActivityExportProcessor(new KeepingExporter(_recorded))).Build();
    }

    public void Dispose()
    {
        _sdk.Dispose();
        _producer.Dispose();
        _consumer.Dispose();
    }

    [Fact]
    public async Task Sampler_that_begins_to_look_decides_by_attributes_and_links()
    {
        await SendAsync();
        Process();
        _sampler.Looks = true;
        _sampler.Decision = SamplingDecision.RecordAndSample;
        await SendAsync();
        Process();
        Assert.Equal(["send t", "process t"], _recorded.Select(span => span.DisplayName));
    }

    [Fact]
    public async Task Span_that_is_recorded_after_others_were_not_has_all_that_it_would_have_started_with()
    {
        _sampler.Decision = SamplingDecision.RecordAndSample;
        await SendAsync();
        Process();
        _sampler.Decision = SamplingDecision.Drop;
        await SendAsync();
        Process();
        _sampler.Decision = SamplingDecision.RecordAndSample;
        await SendAsync();
        Process();
        Assert.Equal(4, _recorded.Count);
        AssertSame(_recorded[0], _recorded[2]);
        AssertSame(_recorded[1], _recorded[3]);
        Assert.Single(_recorded[3].Links);
    }

    [Fact]
    public async Task Samplers_own_attributes_come_behind()
    {
        await SendAsync();
        _sampler.Decision = SamplingDecision.RecordAndSample;
        _sampler.Adds = true;
        await SendAsync();
        await SendAsync();
        AssertSame(_recorded[0], _recorded[1]);
        Assert.Contains(_recorded[0].TagObjects, tag => tag.Key == Own);
        Assert.NotEqual(Own, _recorded[0].TagObjects.First().Key);
    }

    private static void AssertSame(Activity expected, Activity actual)
    {
        Assert.Equal(expected.TagObjects, actual.TagObjects);
        Assert.Equal(expected.Links.Select(link => link.Context), actual.Links.Select(link => link.Context));
        Assert.Equal(expected.Kind, actual.Kind);
        Assert.Equal(expected.ParentSpanId, actual.ParentSpanId);
    }

    // A mock's answer ends the span at once.
    private Task<DeliveryResult<string, string>> SendAsync()
    {
        Activity.Current = null;
        return _producer.ProduceAsync("t", new Message<string, string> { Value = "v" });
    }

    private void Process()
    {
        var headers = new Headers { { "traceparent", "00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-00"u8.ToArray() } };
        using (_consumer.StartProcess(new() { Topic = "t", Partition = 0, Offset = 1, Message = new() { Value = "v", Headers = headers } }))
        {
        }
    }

    private sealed class AskedSampler : Sampler
    {
        internal bool Looks { get; set; }

        internal bool Adds { get; set; }

        internal SamplingDecision Decision { get; set; } = SamplingDecision.Drop;

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
        {
            var isUnseen = Looks && !(HasTopic(samplingParameters) && HasLinks(samplingParameters));
            return isUnseen ? new(SamplingDecision.Drop) : Adds ? new(Decision, [new(Own, 1)]) : new(Decision);
        }

        private static bool HasTopic(in SamplingParameters parameters) =>
            parameters.Tags?.Contains(new("messaging.destination.name", "t")) == true;

        private static bool HasLinks(in SamplingParameters parameters) =>
            (parameters.Links?.Count() ?? 0) == (parameters.Kind == ActivityKind.Consumer ? 1 : 0);
    }

    private sealed class KeepingExporter(List<Activity> kept) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                kept.Add(span);
            }

            return ExportResult.Success;
        }
    }
}
