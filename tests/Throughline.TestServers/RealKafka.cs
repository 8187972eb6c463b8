using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.TestServers.Internal;

namespace Throughline.TestServers;

/// <summary>Apache Kafka itself, in KRaft mode, on loopback ports of its own and in a temporary folder.</summary>
public sealed class RealKafka : IAsyncDisposable
{
    private const int StartsMax = 3;

    // Nodes that live for minutes start sooner without the optimizing compiler. Data that nobody reads again needs no
    // orderly shutdown, which takes seconds once two nodes of three are gone.
    private const string Keep = """
        kafka=$1 nodes=$2 port=$3 dir=$4
        trap : INT TERM HUP
        export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} -XX:TieredStopAtLevel=1" KAFKA_TIER=1
        "$kafka" start --nodes "$nodes" --port "$port" --dir "$dir" </dev/null && echo ready
        started=$?
        if [ $started = 0 ]; then while read -r _ || [ $? -gt 128 ]; do :; done; fi
        for node in $(seq "$nodes"); do "$kafka" kill "$node" --dir "$dir" 2>/dev/null; done
        "$kafka" stop --dir "$dir"
        rm -rf "$dir"
        exit $started
        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan SignalTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TopicTimeout = TimeSpan.FromSeconds(90);

    private readonly KeptProcess _process;
    private readonly string _program;
    private readonly string _folder;

    private RealKafka(KeptProcess process, string program, string folder, int nodes, int port)
    {
        _process = process;
        _program = program;
        _folder = folder;
        Nodes = nodes;
        BootstrapServers = string.Join(',', Enumerable.Range(port, nodes).Select(p => $"127.0.0.1:{p}"));
    }

    public int Nodes { get; }

    public string BootstrapServers { get; }

    /// <summary>The operating system's ids of the nodes' processes.</summary>
    public IReadOnlyList<int> ProcessIds =>
        [.. Enumerable.Range(1, Nodes).Select(n => int.Parse(File.ReadAllText(Path.Combine(_folder, $"{n}", "pid"))))];

    /// <summary>Null where Kafka can be started, else why not, in half a line.</summary>
    public static string? WhyUnavailable() => ServersFolder.Find(out var why) is null ? why : Java.WhyMissing;

    /// <summary>Starts Kafka; where it cannot be had, says so once (<see cref="LeftOut"/>) and returns null.</summary>
    public static async Task<RealKafka?> TryStartAsync(int nodes = 1, CancellationToken cancellation = default)
    {
        if (WhyUnavailable() is { } why)
        {
            LeftOut.Say($"tests on Apache Kafka, {nodes} node{(nodes == 1 ? "" : "s")}", why);
            return null;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(nodes, cancellation);
            }
            catch (InvalidOperationException) when (attempt < StartsMax)
            {
                // Another program took one of the ports in between.
            }
        }
    }

    /// <summary>Creates a topic and waits until every node knows it. One replica on each node, three at most.</summary>
    public async Task CreateTopicAsync(string name, int partitions = 1, CancellationToken cancellation = default)
    {
        using var admin = Admin(BootstrapServers);
        var topic = new TopicSpecification
        {
            Name = name,
            NumPartitions = partitions,
            ReplicationFactor = (short)Math.Min(3, Nodes),
        };
        await admin.CreateTopicsAsync([topic]);
        foreach (var node in BootstrapServers.Split(','))
        {
            await KnowsAsync(node, name, partitions, cancellation);
        }
    }

    /// <summary>Kills a node (1, 2, …) without a word, and returns when it has ended.</summary>
    public Task KillAsync(int node) => RunUntilAsync("kill", node, ProcessState.Ended);

    /// <summary>Stops a node's process where it is, and returns when it has; its connections stay open and silent.</summary>
    public Task PauseAsync(int node) => RunUntilAsync("pause", node, ProcessState.Stopped);

    /// <summary>Lets a paused node go on.</summary>
    public Task ResumeAsync(int node) => RunAsync("resume", node);

    /// <summary>Starts a killed node on its data and waits until its port is open.</summary>
    public Task RestartAsync(int node) => RunAsync("restart", node);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<RealKafka> StartAsync(int nodes, CancellationToken cancellation)
    {
        var program = Path.Combine(ServersFolder.Find(out _)!, "kafka", "kafka");
        var folder = Path.Combine(Path.GetTempPath(), "throughline-kafka-" + Path.GetRandomFileName());
        int[] offsets = [.. Enumerable.Range(0, nodes), .. Enumerable.Range(1000, nodes)];
        var port = LoopbackPorts.NextRun(offsets);
        var process = KeptProcess.Start("Kafka", Keep, [program, $"{nodes}", $"{port}", folder]);
        try
        {
            await process.WaitForLineAsync(line => line == "ready", StartTimeout, cancellation);
            return new RealKafka(process, program, folder, nodes, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that knows one node asks that node.</summary>
    private static async Task KnowsAsync(string node, string topic, int partitions, CancellationToken cancellation)
    {
        var asked = Stopwatch.StartNew();
        while (true)
        {
            using (var admin = Admin(node))
            {
                var metadata = admin.GetMetadata(topic, TopicTimeout).Topics.Single(t => t.Topic == topic);
                if (metadata.Partitions.Count == partitions && metadata.Partitions.TrueForAll(p => p.Leader >= 0))
                {
                    return;
                }
            }

            if (asked.Elapsed > TopicTimeout)
            {
                throw new TimeoutException($"{node} did not learn of topic {topic} within {TopicTimeout.TotalSeconds} s.");
            }

            await Task.Delay(20, cancellation);
        }
    }

    private static IAdminClient Admin(string servers) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).SetLogHandler((_, _) => { }).Build();

    /// <summary>A signal is sent when the command returns, and may take effect later.</summary>
    private async Task RunUntilAsync(string command, int node, char state)
    {
        await RunAsync(command, node);
        var sent = Stopwatch.StartNew();
        while (ProcessState.Of(ProcessIds[node - 1]) != state)
        {
            if (sent.Elapsed > SignalTimeout)
            {
                throw new TimeoutException($"kafka {command} {node} had no effect within {SignalTimeout.TotalSeconds} s.");
            }

            await Task.Delay(5);
        }
    }

    private async Task RunAsync(string command, int node)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(node, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node, Nodes);
        var start = new ProcessStartInfo(_program, [command, $"{node}", "--dir", _folder])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"kafka {command} {node} failed: {error}");
        }
    }
}
