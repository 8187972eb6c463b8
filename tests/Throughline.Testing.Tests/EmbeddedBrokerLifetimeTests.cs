using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Confluent.Kafka;

namespace Throughline.Testing.Tests;

/// <summary>What a broker leaves behind: nothing. Counts the process's threads, so nothing else runs beside it.</summary>
[Collection(nameof(AloneInTheProcess))]
public class EmbeddedBrokerLifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Fifty_brokers_leave_no_threads_ports_or_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts in /proc");
        UseBrokerOnce();
        var (threads, files) = (NativeThreads(), OpenFiles());
        var ports = new List<int>();

        for (var i = 0; i < 50; i++)
        {
            using var broker = EmbeddedBroker.Start(new EmbeddedBrokerOptions { Brokers = 1 + (i % 3) });
            broker.CreateTopic("orders");
            ports.AddRange(broker.BootstrapServers.Split(',').Select(s => IPEndPoint.Parse(s).Port));
        }

        Assert.All(ports, port => Assert.True(IsClosed(port), $"port {port} is open"));
        await EventuallyAsync(() => NativeThreads() <= threads, () => $"{NativeThreads()} threads; before there were {threads}");
        await EventuallyAsync(() => OpenFiles() <= files, () => $"{OpenFiles()} open files; before there were {files}");
    }

    [Fact]
    public async Task Broker_with_clients_still_connected_ends()
    {
        var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        using var producer = new ProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers }).SetLogHandler((_, _) => { }).Build();
        await producer.ProduceAsync("orders", new Message<Null, string> { Value = "x" });

        await broker.DisposeAsync();

        Assert.All(broker.BootstrapServers.Split(','), s => Assert.True(IsClosed(IPEndPoint.Parse(s).Port)));
    }

    [Fact]
    public async Task Disposing_again_does_nothing_and_calls_after_it_are_refused()
    {
        var broker = EmbeddedBroker.Start();
        broker.Dispose();

        broker.Dispose();
        await broker.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => broker.CreateTopic("orders"));
        Assert.Throws<ObjectDisposedException>(() => broker.TakeDown(1));
        Assert.Throws<ObjectDisposedException>(() => broker.FailNext(KafkaRequest.Fetch, ErrorCode.NoError));
    }

    [Fact]
    public async Task Calls_that_race_with_dispose_either_work_or_are_refused()
    {
        for (var i = 0; i < 5; i++)
        {
            var broker = EmbeddedBroker.Start();
            var calls = Enumerable.Range(0, 4)
                .Select(caller => Task.Factory.StartNew(
                    () => CreateTopicsUntilRefused(broker, caller),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default))
                .ToArray();

            await broker.DisposeAsync();

            await Task.WhenAll(calls).WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task Forgotten_broker_is_ended_by_the_garbage_collector()
    {
        var port = Forget();

        await EventuallyAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return IsClosed(port);
            },
            () => $"port {port} is still open");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int Forget() => IPEndPoint.Parse(EmbeddedBroker.Start(new EmbeddedBrokerOptions { Log = _ => { } }).BootstrapServers).Port;
    }

    private static void CreateTopicsUntilRefused(EmbeddedBroker broker, int caller)
    {
        for (var n = 0; ; n++)
        {
            try
            {
                broker.CreateTopic($"topic-{caller}-{n}", partitions: 1);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Loads what the first broker loads, so that it is not counted as left behind.</summary>
    private static void UseBrokerOnce()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        Assert.False(IsClosed(IPEndPoint.Parse(broker.BootstrapServers).Port));
    }

    /// <summary>Threads of librdkafka: .NET's own pool and tiering threads come and go.</summary>
    private static int NativeThreads() => Directory.GetDirectories("/proc/self/task").Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("rdk:", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private static int OpenFiles() => Directory.GetFiles("/proc/self/fd").Length;

    private static bool IsClosed(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }

    private static async Task EventuallyAsync(Func<bool> condition, Func<string> otherwise)
    {
        var end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, otherwise());
            await Task.Delay(10);
        }
    }
}
