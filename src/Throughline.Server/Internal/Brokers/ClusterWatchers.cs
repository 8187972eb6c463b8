using System.Collections.Concurrent;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Watches all configured clusters, each by itself. Views wait here for the pipeline's thread.</summary>
internal sealed class ClusterWatchers : IAsyncDisposable
{
    // Of each cluster: what one view adds to the one before it is told by the next as well.
    private const int WaitingMax = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(ClusterSettings Cluster, ClusterView View)> _waiting = new();
    private readonly List<ClusterClient> _clients = [];
    private readonly List<ClusterWatcher> _watchers = [];
    private readonly int _waitingMax;
    private Task _running = Task.CompletedTask;

    /// <exception cref="ArgumentException">A cluster's setting is wrong; the message names both.</exception>
    public ClusterWatchers(IReadOnlyCollection<ClusterSettings> clusters, WatchSettings settings, TimeProvider time)
    {
        _waitingMax = WaitingMax * clusters.Count;
        try
        {
            foreach (var cluster in clusters)
            {
                var client = new ClusterClient(cluster, settings, time);
                _clients.Add(client);
                _watchers.Add(new ClusterWatcher(client, settings, time, Seen));
            }
        }
        catch
        {
            _clients.ForEach(static client => client.Dispose());
            _stop.Dispose();
            throw;
        }
    }

    /// <summary>What is known of each now; for any thread.</summary>
    public IReadOnlyList<ClusterState> States => [.. _watchers.Select(static watcher => watcher.State)];

    public void Start() => _running = Task.WhenAll(_watchers.Select(watcher => Task.Run(() => watcher.RunAsync(_stop.Token))));

    /// <summary>The next view that nobody has taken.</summary>
    public bool TryTake(out (ClusterSettings Cluster, ClusterView View) next) => _waiting.TryDequeue(out next);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // That is how they end.
        }

        _clients.ForEach(static client => client.Dispose());
        _stop.Dispose();
    }

    private void Seen(ClusterSettings cluster, ClusterView view)
    {
        _waiting.Enqueue((cluster, view));
        while (_waiting.Count > _waitingMax)
        {
            _waiting.TryDequeue(out _);
        }
    }
}
