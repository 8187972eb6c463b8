using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Loss.Transactions;

/// <summary>The proof: 1. start; 2. send and do harm; 3. wait until all is committed; 4. read and count.</summary>
internal static class TransactionsRun
{
    private const int KillsARound = 3;

    // Without a commit for this long, something is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    internal static async Task<int> RunAsync(LossOptions options)
    {
        // 1.
        Console.WriteLine($"starting Kafka, three nodes; seed {options.Seed}");
        await using var kafka = await RealKafka.TryStartAsync(nodes: 3);
        if (kafka is null)
        {
            return 2;
        }

        var topic = $"orders.{Guid.NewGuid():N}";
        var (output, group) = ($"{topic}.invoices", $"{topic}.invoicing");
        await LossTopic.CreateAsync(kafka, topic);
        await LossTopic.CreateAsync(kafka, output);
        using var listener = SpanListener.Start(_ => { });
        var folder = Directory.CreateTempSubdirectory("throughline-loss-");
        try
        {
            using var members = new Members(folder.FullName, [TransactionalMember.Argument, kafka.BootstrapServers, topic, group, output]);
            for (var i = 0; i < options.Members; i++)
            {
                members.Start();
            }

            // 2.
            var startTimestamp = Stopwatch.GetTimestamp();
            var sending = new Sending(kafka.BootstrapServers, topic, options);
            var faults = new Faults(kafka, members, options.Seed, KillsARound);
            var sent = sending.RunAsync();
            await faults.RunAsync(sent);
            await sent;
            Console.WriteLine($"{sending.Sent.Count:N0} records are acknowledged; waiting for the rest to be committed");

            // 3.
            await WaitUntilCommittedAsync(kafka.BootstrapServers, group, topic, sending);
            await members.LeaveAllAsync();

            // 4.
            var verdict = new TransactionsVerdict(
                sending,
                new TransactionFindings(members.Journals),
                Output.Read(kafka.BootstrapServers, output, IsolationLevel.ReadUncommitted),
                Output.Read(kafka.BootstrapServers, output, IsolationLevel.ReadCommitted));
            verdict.Print(faults.Description, Stopwatch.GetElapsedTime(startTimestamp));
            return verdict.IsGood ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WaitUntilCommittedAsync(string servers, string group, string topic, Sending sending)
    {
        var ends = sending.Sent.Keys.GroupBy(place => place.Partition)
            .ToDictionary(places => places.Key, places => places.Max(place => place.Offset) + 1);
        using var asking = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = servers, GroupId = group })
            .SetLogHandler((_, _) => { }).Build();
        var (left, lastTimestamp) = (long.MaxValue, Stopwatch.GetTimestamp());
        while (left > 0 && Stopwatch.GetElapsedTime(lastTimestamp) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            if (Left(asking, topic, ends) is { } now && now < left)
            {
                (left, lastTimestamp) = (now, Stopwatch.GetTimestamp());
            }
        }
    }

    // A node that is coming back may not answer.
    private static long? Left(IConsumer<Ignore, Ignore> asking, string topic, Dictionary<int, long> ends)
    {
        try
        {
            var committed = asking.Committed(ends.Keys.Select(partition => new TopicPartition(topic, partition)), CallTimeout);
            return committed.Sum(each => ends[each.Partition.Value] - Math.Max(0, each.Offset.Value));
        }
        catch (KafkaException)
        {
            return null;
        }
    }
}
