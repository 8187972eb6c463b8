using System.Diagnostics;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using NSubstitute;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;

namespace Throughline.Kafka.Tests;

/// <summary>Whatever the user's SDK or hooks do, produce and consume go on as without them.</summary>
[Collection(Isolated.Name)]
public sealed class ContainedFaultTests : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly Dictionary<string, long> _faults = [];
    private readonly IProducer<string, string> _inner = Substitute.For<IProducer<string, string>>();
    private readonly ConsumeResult<string, string> _result = new()
    {
        Topic = "t",
        Partition = 0,
        Offset = 1,
        Message = new() { Value = "v", Headers = new() { { "traceparent", "00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-01"u8.ToArray() } } },
    };

    public ContainedFaultTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "throughline.instrumentation.faults")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var place = (string)tags[0].Value!;
            _faults[place] = _faults.GetValueOrDefault(place) + value;
        });
        _meters.Start();
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Sampler_that_throws()
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().SetSampler(new ThrowingSampler())
            .AddSource(KafkaInstrumentation.ActivitySourceName).Build();
        UseEverything(new());
        Assert.NotEmpty(_faults);
    }

    [Fact]
    public void Processor_that_throws_at_the_start()
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().AddProcessor(new ThrowingProcessor(atStart: true))
            .AddSource(KafkaInstrumentation.ActivitySourceName).Build();
        UseEverything(new());
        Assert.NotEmpty(_faults);
    }

    [Fact]
    public void Processor_that_throws_at_the_end()
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().AddProcessor(new ThrowingProcessor(atStart: false))
            .AddSource(KafkaInstrumentation.ActivitySourceName).Build();
        UseEverything(new());
        Assert.NotEmpty(_faults);
    }

    [Fact]
    public void Hooks_that_throw()
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().AddSource(KafkaInstrumentation.ActivitySourceName).Build();
        UseEverything(new()
        {
            FilterSend = _ => throw new InvalidOperationException("hook"),
            FilterProcess = _ => throw new InvalidOperationException("hook"),
            EnrichSend = (_, _) => throw new InvalidOperationException("hook"),
            EnrichProcess = (_, _) => throw new InvalidOperationException("hook"),
        });
        Assert.Equal(1, _faults["hook.filter_send"]);
        Assert.Equal(2, _faults["hook.filter_process"]);
        Assert.Equal(1, _faults["hook.enrich_send"]);
        Assert.Equal(1, _faults["hook.enrich_process"]);
    }

    [Fact]
    public void Propagator_that_throws()
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().AddSource(KafkaInstrumentation.ActivitySourceName).Build();
        UseEverything(new() { Propagator = new ThrowingPropagator() });
    }

    private void UseEverything(KafkaTracingOptions options)
    {
        var handled = 0;
        using (var producer = _inner.WithTracing(new() { DeliveryReports = true }, options))
        {
            _inner.When(inner => inner.Produce("t", Arg.Any<Message<string, string>>(), Arg.Any<Action<DeliveryReport<string, string>>>()))
                .Do(call => call.Arg<Action<DeliveryReport<string, string>>>()?.Invoke(new()
                {
                    Topic = "t",
                    Partition = 0,
                    Offset = 0,
                    Error = new(ErrorCode.NoError),
                }));
            producer.Produce("t", new() { Value = "v" }, _ => handled++);
        }

        Assert.Equal(1, handled);
        Assert.Null(Activity.Current);
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing(null, options);
        using (var scope = consumer.StartProcess(_result))
        {
            handled++;
        }

        using (var scope = consumer.StartBatch([_result]))
        {
            handled++;
        }

        consumer.Commit();
        Assert.Equal(3, handled);
        Assert.Null(Activity.Current);
    }

    private sealed class ThrowingSampler : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => throw new InvalidOperationException("sampler");
    }

    private sealed class ThrowingProcessor(bool atStart) : BaseProcessor<Activity>
    {
        public override void OnStart(Activity data)
        {
            if (atStart)
            {
                throw new InvalidOperationException("processor");
            }
        }

        public override void OnEnd(Activity data)
        {
            if (!atStart)
            {
                throw new InvalidOperationException("processor");
            }
        }
    }

    private sealed class ThrowingPropagator : TextMapPropagator
    {
        public override ISet<string> Fields => throw new InvalidOperationException("propagator");

        public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter) =>
            throw new InvalidOperationException("propagator");

        public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter) =>
            throw new InvalidOperationException("propagator");
    }
}
