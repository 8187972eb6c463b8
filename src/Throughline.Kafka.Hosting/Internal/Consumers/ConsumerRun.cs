using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Throughline.Kafka.Hosting.Internal.Clients;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>One client from its making to its closing, and what can be read of it in between.</summary>
internal sealed class ConsumerRun<TKey, TValue>(
    BuiltClient<TracingConsumer<TKey, TValue>> built, KafkaConsumerOptions options, TimeProvider time, ILogger logger)
{
    // For a loop that was told to end: it looks every 100 ms.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly TracingConsumer<TKey, TValue> _consumer = built.Client;
    private readonly long _begunTimestamp = time.GetTimestamp();

    // A client must not be closed while it is being read: its native part would be gone.
    private readonly Lock _reading = new();
    private bool _isEnded;

    /// <summary>Completes when processing has ended.</summary>
    internal Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>The records that handlers failed on.</summary>
    internal FailurePlaces Failures { get; } = new();

    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    internal void Begin(IScopedHandling<TKey, TValue> handling, IServiceScopeFactory scopes, CancellationToken stop) =>
        Ended = handling.RunAsync(_consumer, options, scopes, Failures, stop);

    internal void Subscribe() => _consumer.Subscribe(options.AllTopics);

    /// <summary>Leaves the group, so that its other members go on at once.</summary>
    internal void End()
    {
        lock (_reading)
        {
            _isEnded = true;
        }

        // Nor while its loop polls it.
        Task.WaitAny([Ended], EndTimeout);
        if (!Ended.IsCompleted)
        {
            return;
        }

        ConsumerEnd.CloseAndDispose(_consumer, logger);
    }

    internal ConsumerStatus? Read()
    {
        lock (_reading)
        {
            return _isEnded ? null : ReadClient();
        }
    }

    private ConsumerStatus ReadClient()
    {
        var assignment = _consumer.Assignment;
        return new(
            ConsumerPhase.Running,
            options,
            HasJoined: built.Report.HasJoined,
            Partitions: assignment.Count,
            RecordsBehind: assignment.Sum(Behind),
            SinceLastPoll: _consumer.SinceLastPoll ?? time.GetElapsedTime(_begunTimestamp),
            FatalError: built.Report.Fatal,
            BrokersAreAway: built.Report.AreBrokersAway(_consumer.Handle));
    }

    // From what the client has learnt by fetching; nobody is asked.
    private long Behind(TopicPartition place)
    {
        try
        {
            var (position, end) = (_consumer.Position(place), _consumer.GetWatermarkOffsets(place).High);
            return position.IsSpecial || end.IsSpecial ? 0 : Math.Max(0, end.Value - position.Value);
        }
        catch (KafkaException)
        {
            // The client does not have the partition yet, or no more.
            return 0;
        }
    }
}
