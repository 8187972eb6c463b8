using Confluent.Kafka;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Asks one cluster again and again. What goes wrong is its state, and the next round tries again.</summary>
internal sealed class ClusterWatcher
{
    private readonly ClusterClient _client;
    private readonly WatchSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<ClusterSettings, ClusterView> _seen;
    private ClusterState _state;

    /// <param name="client">Whom to ask.</param>
    /// <param name="settings">How often.</param>
    /// <param name="time">The clock.</param>
    /// <param name="seen">Gets each view.</param>
    public ClusterWatcher(ClusterClient client, WatchSettings settings, TimeProvider time, Action<ClusterSettings, ClusterView> seen)
    {
        _client = client;
        _settings = settings;
        _time = time;
        _seen = seen;
        _state = new ClusterState(client.Cluster.Name, null, null, 0);
    }

    /// <summary>For any thread.</summary>
    public ClusterState State => Volatile.Read(ref _state);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_settings.Interval, _time);
        do
        {
            await AskAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var asked = UnixTime.Of(_time.GetUtcNow());
        try
        {
            var view = await _client.AskAsync(cancellationToken).ConfigureAwait(false);
            _seen(_client.Cluster, view);
            Volatile.Write(ref _state, new ClusterState(_client.Cluster.Name, view, null, asked));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // A cluster that cannot be asked, or whose answer nobody expected, is no reason for anything else to stop.
            var why = e is KafkaException kafka ? $"{kafka.Error.Code}: {kafka.Error.Reason}" : e.Message;
            Volatile.Write(ref _state, State with { Error = why, AskedUnixNs = asked });
        }
    }
}
