using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Testing.Internal;

/// <summary>
/// The mock cluster's life and calls, one at a time, with librdkafka's answers turned into exceptions. The lock lets
/// <see cref="Dispose"/> wait for a call that runs, and no call keep it waiting for ever.
/// </summary>
internal sealed class MockCluster : IDisposable
{
    private const int ErrorLength = 512;

    private readonly Lock _gate = new();
    private readonly MockClusterHandle _handle;
    private readonly List<IPEndPoint> _brokers;

    private MockCluster(MockClusterHandle handle)
    {
        _handle = handle;
        BootstrapServers = Marshal.PtrToStringUTF8(Librdkafka.GetBootstrapServers(handle))!;
        _brokers = [.. BootstrapServers.Split(',').Select(IPEndPoint.Parse)];
    }

    public string BootstrapServers { get; }

    public static MockCluster Start(EmbeddedBrokerOptions options)
    {
        // 1. Confluent.Kafka loads and checks the library, so that both use one.
        _ = Library.Load();

        // 2. A client that connects nowhere; the cluster uses its queues and timers.
        // 3. The brokers: their ports are open when this returns.
        var handle = StartBrokers(options);
        Librdkafka.SetGroupInitialRebalanceDelay(handle, (int)options.GroupInitialRebalanceDelay.TotalMilliseconds);
        return new MockCluster(handle);
    }

    public void CreateTopic(string name, int partitions, int replicas) =>
        Command(
            handle => Librdkafka.CreateTopic(handle, name, partitions, replicas), $"topic \"{name}\" was not created");

    public void PushErrors(KafkaRequest request, ReadOnlySpan<ErrorCode> errors)
    {
        lock (_gate)
        {
            Librdkafka.PushRequestErrors(Open, (short)request, (nuint)errors.Length, errors);
        }
    }

    public void ClearErrors(KafkaRequest request)
    {
        lock (_gate)
        {
            Librdkafka.ClearRequestErrors(Open, (short)request);
        }
    }

    public void SetDown(int broker) =>
        Command(handle => Librdkafka.SetBrokerDown(handle, broker), $"broker {broker} was not taken down");

    public void SetUp(int broker) =>
        Command(handle => Librdkafka.SetBrokerUp(handle, broker), $"broker {broker} was not brought up");

    public void SetRoundTripTime(int broker, TimeSpan roundTrip) =>
        Command(
            handle => Librdkafka.SetBrokerRoundTripTime(handle, broker, (int)roundTrip.TotalMilliseconds),
            $"broker {broker} did not take a round trip of {roundTrip.TotalMilliseconds} ms");

    public void Dispose()
    {
        lock (_gate)
        {
            using var wakeUp = new MockWakeUp(_brokers);
            _handle.Dispose();
        }
    }

    private MockClusterHandle Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, typeof(EmbeddedBroker));
            return _handle;
        }
    }

    private static MockClusterHandle StartBrokers(EmbeddedBrokerOptions options)
    {
        var log = options.Log is null ? default : GCHandle.Alloc(options.Log);
        nint client = 0;
        nint cluster = 0;
        try
        {
            client = NewClient(log);
            cluster = Librdkafka.NewMockCluster(client, options.Brokers);
            if (cluster == 0)
            {
                throw new InvalidOperationException(
                    $"librdkafka {Library.VersionString} did not start {options.Brokers} mock brokers on loopback.");
            }

            return new MockClusterHandle(cluster, client, log);
        }
        finally
        {
            if (cluster == 0)
            {
                if (client != 0)
                {
                    Librdkafka.DestroyClient(client);
                }

                if (log.IsAllocated)
                {
                    log.Free();
                }
            }
        }
    }

    private static unsafe nint NewClient(GCHandle log)
    {
        Span<byte> error = stackalloc byte[ErrorLength];
        var configuration = Librdkafka.NewConfiguration();
        Librdkafka.SetLogCallback(configuration, &MockLog.Write);
        Librdkafka.SetOpaque(configuration, log.IsAllocated ? GCHandle.ToIntPtr(log) : 0);
        _ = Librdkafka.Set(configuration, "client.id", "embedded-broker", error, ErrorLength);
        if (log.IsAllocated)
        {
            _ = Librdkafka.Set(configuration, "debug", "mock", error, ErrorLength);
        }

        var client = Librdkafka.NewClient(Librdkafka.ProducerType, configuration, error, ErrorLength);
        if (client == 0)
        {
            // Only a client that came to be owns its configuration.
            Librdkafka.DestroyConfiguration(configuration);
            var end = error.IndexOf((byte)0);
            throw new InvalidOperationException(
                $"librdkafka {Library.VersionString} made no client for the mock brokers: "
                + Encoding.UTF8.GetString(end < 0 ? error : error[..end]));
        }

        return client;
    }

    private void Command(Func<MockClusterHandle, ErrorCode> command, string otherwise)
    {
        ErrorCode answer;
        lock (_gate)
        {
            var handle = Open;
            using var wakeUp = new MockWakeUp(_brokers);
            answer = command(handle);
        }

        if (answer != ErrorCode.NoError)
        {
            throw new KafkaException(new Error(answer, $"{otherwise}: {new Error(answer).Reason}"));
        }
    }
}
