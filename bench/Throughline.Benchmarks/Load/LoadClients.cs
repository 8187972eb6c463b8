using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Throughline.Kafka;

namespace Throughline.Benchmarks.Load;

/// <summary>One contender's producer, consumer and SDK, and its loop.</summary>
internal sealed class LoadClients : IDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly LoadContender _contender;
    private readonly TracerProvider? _sdk;
    private readonly IConsumer<string, byte[]> _consumer;

    internal LoadClients(LoadContender contender, string servers, string topic)
    {
        _contender = contender;
        var producing = new ProducerConfig { BootstrapServers = servers, LingerMs = 5, Acks = Acks.All };
        var consuming = new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = topic,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoOffsetStore = false,
        };
        if (!contender.IsTraced)
        {
            Producer = new ProducerBuilder<string, byte[]>(producing).Build();
            _consumer = new ConsumerBuilder<string, byte[]>(consuming).Build();
        }
        else
        {
            // As an application has it: spans are batched, and an exporter takes them; what it does with them is not measured.
            _sdk = Sdk.CreateTracerProviderBuilder()
                .AddSource(KafkaInstrumentation.ActivitySourceName)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(contender.Sampling)))
                .AddProcessor(new BatchActivityExportProcessor(new DroppingExporter()))
                .Build();
            Producer = new TracingProducerBuilder<string, byte[]>(producing).Build();
            _consumer = new TracingConsumerBuilder<string, byte[]>(consuming).Build();
        }

        _consumer.Subscribe(topic);
    }

    internal IProducer<string, byte[]> Producer { get; }

    /// <summary>Consumes until cancelled, on a thread of its own.</summary>
    internal Task ConsumeAsync(Action<ConsumeResult<string, byte[]>> handle, CancellationToken stop)
    {
        if (_contender.Way == LoadWay.ProcessAsync)
        {
            return ((TracingConsumer<string, byte[]>)_consumer).ProcessAsync(
                (record, _) =>
                {
                    handle(record);
                    return Task.CompletedTask;
                },
                stop);
        }

        return Task.Factory.StartNew(
            () => Consume(handle, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose()
    {
        Producer.Dispose();
        _consumer.Close();
        _consumer.Dispose();
        _sdk?.Dispose();
    }

    private void Consume(Action<ConsumeResult<string, byte[]>> handle, CancellationToken stop)
    {
        var traced = _consumer as TracingConsumer<string, byte[]>;
        while (!stop.IsCancellationRequested)
        {
            if (_consumer.Consume(PollTimeout) is not { } record)
            {
                continue;
            }

            using (traced?.StartProcess(record))
            {
                handle(record);
            }

            _consumer.StoreOffset(record);
        }
    }

    private sealed class DroppingExporter : BaseExporter<System.Diagnostics.Activity>
    {
        public override ExportResult Export(in Batch<System.Diagnostics.Activity> batch) => ExportResult.Success;
    }
}
