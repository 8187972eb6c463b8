using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Loss;

/// <summary>Sends numbered records at a steady rate, and knows of each that was acknowledged where it is and which span sent it.</summary>
internal sealed class Sending(string servers, string topic, LossOptions options)
{
    private const int TurnMilliseconds = 20;

    private readonly ConcurrentDictionary<(int Partition, long Offset), ActivityContext> _sent = new();
    private int _failed;

    /// <summary>Where each acknowledged record is, and the span that sent it.</summary>
    internal IReadOnlyDictionary<(int Partition, long Offset), ActivityContext> Sent => _sent;

    internal int Failed => _failed;

    internal async Task RunAsync()
    {
        using var producer = new TracingProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = servers,
            EnableIdempotence = true,
            LingerMs = 5,
            MessageTimeoutMs = 180_000,
            QueueBufferingMaxMessages = options.Records,
        }).SetLogHandler((_, _) => { }).Build();
        var clock = Stopwatch.StartNew();
        var started = 0;
        while (started < options.Records)
        {
            var due = Math.Min(options.Records, clock.Elapsed.TotalSeconds / options.Seconds * options.Records);
            for (; started < due; started++)
            {
                producer.Produce(topic, new Message<string, string> { Key = $"{started}", Value = $"order {started}" }, Note);
            }

            await Task.Delay(TurnMilliseconds);
        }

        producer.Flush(CancellationToken.None);
    }

    // Inside the send's span.
    private void Note(DeliveryReport<string, string> report)
    {
        if (report.Error.IsError)
        {
            Interlocked.Increment(ref _failed);
        }
        else
        {
            _sent[(report.Partition, report.Offset)] = Activity.Current!.Context;
        }
    }
}
