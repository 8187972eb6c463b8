using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Loss;

/// <summary>A consumer process: handles records until its standard input ends, or it is killed.</summary>
internal static class Member
{
    internal const string Argument = "member";

    private const int Workers = 4;

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (servers, topic, group, file) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        using var journal = new Journal(file);
        using var listener = SpanListener.Start(span => Note(span, journal));
        using var stop = new CancellationTokenSource();
        var stopping = CancelAtEndOfInputAsync(stop);
        using var consumer = new TracingConsumerBuilder<string, string>(Config(servers, group)).SetLogHandler((_, _) => { }).BuildForProcessing();
        consumer.Subscribe(topic);
        await consumer.ProcessAsync(
            async (record, _) =>
            {
                await Task.Yield();
                journal.Handled(record.Partition, record.Offset);
            },
            new ProcessingOptions { Workers = Workers, CommitInterval = TimeSpan.FromSeconds(1) },
            stop.Token);
        consumer.Close();
        await stopping;
        return 0;
    }

    /// <summary>The parent closes it to have the process leave; where the parent has died, it ends too.</summary>
    internal static Task CancelAtEndOfInputAsync(CancellationTokenSource stop) => Task.Run(async () =>
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null, CancellationToken.None);
        await stop.CancelAsync();
    });

    internal static void Note(Activity span, Journal journal)
    {
        if (span.Kind == ActivityKind.Consumer)
        {
            journal.SpanEnded(
                (string)span.GetTagItem("messaging.destination.partition.id")!,
                (long)span.GetTagItem("messaging.kafka.offset")!,
                span.ParentSpanId.ToHexString());
        }
    }

    internal static ConsumerConfig Config(string servers, string group) => new()
    {
        BootstrapServers = servers,
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = false,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        SessionTimeoutMs = 6000,
        HeartbeatIntervalMs = 1000,
    };
}
