using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.Benchmarks.Reporting;
using Throughline.TestServers;

namespace Throughline.Benchmarks.Load;

/// <summary>All contenders on one broker, in turns, and the report.</summary>
internal static class LoadBenchmark
{
    private const int Partitions = 6;

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (!LoadOptions.TryParse(arguments, out var options))
        {
            Console.Error.WriteLine(LoadOptions.Usage);
            return 2;
        }

        // 1. A broker.
        await using var kafka = options.BootstrapServers is null ? await RealKafka.TryStartAsync() : null;
        if ((options.BootstrapServers ?? kafka?.BootstrapServers) is not { } servers)
        {
            return 2;
        }

        // 2. Everybody once a round, each with a topic of its own.
        var runs = LoadContender.All.ToDictionary(contender => contender, _ => new List<LoadResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contender in LoadContender.All)
            {
                var topic = $"load.{Guid.NewGuid():N}";
                using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
                await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = Partitions }]);
                var result = LoadProcess.Run(contender, servers, topic, options.Records);
                runs[contender].Add(result);
                await admin.DeleteTopicsAsync([topic]);
                Console.Error.WriteLine($"round {round}  {contender.Name,-30} {LoadReport.Row(result)}");
            }
        }

        // 3. The report.
        var machine = new Machine();
        var report = LoadReport.Of(runs, options, machine);
        Directory.CreateDirectory(Places.Results);
        var file = Path.Combine(Places.Results, $"{machine.FileName}-load.md");
        await File.WriteAllTextAsync(file, report);
        Console.WriteLine(report);
        Console.Error.WriteLine($"written to {file}");
        return 0;
    }
}
