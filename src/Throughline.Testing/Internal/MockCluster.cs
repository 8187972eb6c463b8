using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Testing.Internal;

/// <summary>The mock cluster's life and calls, with librdkafka's answers turned into exceptions.</summary>
internal sealed class MockCluster : IDisposable
{
    private const int ErrorLength = 512;

    private readonly MockClusterHandle _handle;

    private MockCluster(MockClusterHandle handle) => _handle = handle;

    public string BootstrapServers => Marshal.PtrToStringUTF8(Librdkafka.GetBootstrapServers(_handle))!;

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
        Check(Librdkafka.CreateTopic(Open, name, partitions, replicas), $"topic \"{name}\" was not created");

    public void PushErrors(KafkaRequest request, ReadOnlySpan<ErrorCode> errors) =>
        Librdkafka.PushRequestErrors(Open, (short)request, (nuint)errors.Length, errors);

    public void ClearErrors(KafkaRequest request) => Librdkafka.ClearRequestErrors(Open, (short)request);

    public void SetDown(int broker) =>
        Check(Librdkafka.SetBrokerDown(Open, broker), $"broker {broker} was not taken down");

    public void SetUp(int broker) =>
        Check(Librdkafka.SetBrokerUp(Open, broker), $"broker {broker} was not brought up");

    public void SetRoundTripTime(int broker, TimeSpan roundTrip) =>
        Check(
            Librdkafka.SetBrokerRoundTripTime(Open, broker, (int)roundTrip.TotalMilliseconds),
            $"broker {broker} did not take a round trip of {roundTrip.TotalMilliseconds} ms");

    public void Dispose() => _handle.Dispose();

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

    private static void Check(ErrorCode answer, string what)
    {
        if (answer != ErrorCode.NoError)
        {
            throw new KafkaException(new Error(answer, $"{what}: {new Error(answer).Reason}"));
        }
    }
}
