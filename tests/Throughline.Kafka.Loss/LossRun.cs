using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Kafka.Loss;

/// <summary>The proof: 1. start; 2. send and do harm; 3. wait until all is handled; 4. count.</summary>
internal static class LossRun
{
    // Without a record handled for this long, what is missing is lost.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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
        await LossTopic.CreateAsync(kafka, topic);
        using var listener = SpanListener.Start(_ => { });
        var folder = Directory.CreateTempSubdirectory("throughline-loss-");
        try
        {
            using var members = new Members(folder.FullName, [Member.Argument, kafka.BootstrapServers, topic, $"{topic}.billing"]);
            for (var i = 0; i < options.Members; i++)
            {
                members.Start();
            }

            // 2.
            var startTimestamp = Stopwatch.GetTimestamp();
            var sending = new Sending(kafka.BootstrapServers, topic, options);
            var faults = new Faults(kafka, members, options.Seed);
            var sent = sending.RunAsync();
            await faults.RunAsync(sent);
            await sent;
            Console.WriteLine($"{sending.Sent.Count:N0} records are acknowledged; waiting for the rest to be handled");

            // 3. and 4.
            var findings = await WaitAsync(sending, members);
            await members.LeaveAllAsync();
            findings.Read(members.Journals);
            var verdict = new Verdict(sending, findings);
            verdict.Print(faults.Description, Stopwatch.GetElapsedTime(startTimestamp));
            return verdict.IsGood ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Findings> WaitAsync(Sending sending, Members members)
    {
        var findings = new Findings();
        var (last, lastTimestamp) = (-1, Stopwatch.GetTimestamp());
        while (findings.Handled.Count < sending.Sent.Count && Stopwatch.GetElapsedTime(lastTimestamp) < Patience)
        {
            if (findings.Handled.Count > last)
            {
                (last, lastTimestamp) = (findings.Handled.Count, Stopwatch.GetTimestamp());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
            findings.Read(members.Journals);
        }

        return findings;
    }
}
