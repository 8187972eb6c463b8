using System.Runtime.CompilerServices;

namespace Throughline.TestServers;

/// <summary>
/// A Kafka that all test classes of a project share: started when the first test asks for it, stopped at the end of the run.
/// An assembly fixture of xunit.v3.
/// </summary>
public abstract class KafkaFixture : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<string?>? _started;

    /// <summary>How many brokers it has.</summary>
    public abstract int Nodes { get; }

    /// <summary>True for librdkafka's mock cluster, whose limits <see cref="Testing.EmbeddedBroker"/> names.</summary>
    public abstract bool IsEmbedded { get; }

    /// <summary>What clients take as <c>bootstrap.servers</c>, once started.</summary>
    public abstract string BootstrapServers { get; }

    /// <summary>Starts it unless that was done, and returns null; or why it cannot be had here.</summary>
    public Task<string?> WhyUnavailableAsync()
    {
        lock (_gate)
        {
            return _started ??= Task.Run(TryStartAsync);
        }
    }

    /// <summary>Creates a topic with a name that no other test has, and waits until every broker knows it.</summary>
    public async Task<string> CreateTopicAsync(int partitions = 1, [CallerMemberName] string test = "")
    {
        var name = Unique(test);
        await CreateTopicAsync(name, partitions);
        return name;
    }

    /// <summary>A name that no other test has, for topics, groups and transactional ids; it begins with the test's.</summary>
    public static string Unique([CallerMemberName] string test = "")
    {
        const int LengthMax = 200;
        return $"{test[..Math.Min(test.Length, LengthMax)]}.{Guid.NewGuid():N}";
    }

    public async ValueTask DisposeAsync()
    {
        Task<string?>? started;
        lock (_gate)
        {
            started = _started ??= Task.FromResult<string?>("the run has ended");
        }

        await started.ContinueWith(static _ => { }, TaskScheduler.Default);
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string?> TryStartAsync();

    protected abstract Task CreateTopicAsync(string name, int partitions);

    protected abstract ValueTask StopAsync();
}
