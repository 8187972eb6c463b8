using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;

namespace Throughline.Kafka.Loss.Transactions;

/// <summary>A consumer process that sends on what it handles, in transactions, until its standard input ends, or it is killed.</summary>
internal static class TransactionalMember
{
    internal const string Argument = "transactional-member";

    // One record in so many fails once, so that there are aborts without any harm from outside.
    private const int FailsOneIn = 500;

    // One record in so many takes a while, so that transactions are open for most of the time.
    private const int LingersOneIn = 10;
    private const int LingerMillisecondsMax = 20;

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (servers, topic, group, output) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var (file, place) = (arguments[4], int.Parse(arguments[5], CultureInfo.InvariantCulture));
        using var journal = new Journal(file);
        using var listener = SpanListener.Start(span => Note(span, journal));
        using var stop = new CancellationTokenSource();
        var stopping = Member.CancelAtEndOfInputAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            journal.Begun();
            using var producer = new TracingProducerBuilder<string, string>(new ProducerConfig
            {
                BootstrapServers = servers,
                TransactionalId = $"{group}.{place}",
                LingerMs = 1,
            }).SetLogHandler((_, _) => { }).Build();
            using var consumer = new TracingConsumerBuilder<string, string>(Member.Config(servers, group)).SetLogHandler((_, _) => { })
                .BuildForProcessing();
            consumer.Subscribe(topic);
            try
            {
                await consumer.ProcessTransactionsAsync(producer, Handler(producer, output, journal), cancellationToken: stop.Token);
                consumer.Close();
            }
            catch (Exception exception) when (exception is KafkaException or AggregateException)
            {
                // Its producer is of no more use, as after a pause: an application begins anew with both.
                journal.Failed(exception);
            }
        }

        await stopping;
        return 0;
    }

    private static Func<ConsumeResult<string, string>, CancellationToken, Task> Handler(
        TracingProducer<string, string> producer, string output, Journal journal) => async (record, _) =>
    {
        var place = $"{record.Partition.Value}:{record.Offset.Value}";
        producer.Produce(output, new Message<string, string> { Key = record.Message.Key, Value = place });
        journal.Handled(record.Partition, record.Offset);
        if (Random.Shared.Next(LingersOneIn) == 0)
        {
            await Task.Delay(Random.Shared.Next(LingerMillisecondsMax), CancellationToken.None);
        }

        if (Random.Shared.Next(FailsOneIn) == 0)
        {
            throw new InvalidOperationException("as it happens");
        }
    };

    private static void Note(Activity span, Journal journal)
    {
        if (span.GetTagItem("throughline.transaction.sequence") is not long sequence)
        {
            return;
        }

        if (span.Kind == ActivityKind.Producer && span.GetTagItem("messaging.kafka.offset") is long offset)
        {
            journal.Sent(sequence, (string)span.GetTagItem("messaging.destination.partition.id")!, offset, span.SpanId.ToHexString());
        }
        else if (span.OperationName is "commit_transaction" or "abort_transaction")
        {
            var how = span.Status == ActivityStatusCode.Error ? "failed" : span.OperationName == "commit_transaction" ? "committed" : "aborted";
            journal.Ended(sequence, how, (int)span.GetTagItem("throughline.transaction.sends")!, span.Links.Count());
        }
        else
        {
            Member.Note(span, journal);
        }
    }
}
