using System.Collections.Concurrent;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// The slowest hop of each group and minute: percentiles say how slow, this says which one. The pipeline's thread adds;
/// any thread reads. What is known for longest makes room.
/// </summary>
internal sealed class SlowHops(AnalysisSettings settings)
{
    private const long MinuteNs = 60_000_000_000;

    private readonly ConcurrentDictionary<SlowHopKey, SlowHop> _slowest = new();
    private readonly Queue<SlowHopKey> _order = new();

    /// <summary>For any thread; of no one moment.</summary>
    public IEnumerable<SlowHop> All => _slowest.Select(static one => one.Value);

    /// <summary>What a checkpoint has to write, or to delete.</summary>
    public Unsaved<SlowHopKey> Unsaved { get; } = new();

    public SlowHop? Find(SlowHopKey key) => _slowest.GetValueOrDefault(key);

    public void Add(string cluster, Hop hop, long endToEnd)
    {
        var process = hop.Process;
        var key = new SlowHopKey((int)(process.StartUnixNs / MinuteNs), cluster, hop.Topic, hop.Group);
        if (_slowest.TryGetValue(key, out var known) && known.EndToEnd >= endToEnd)
        {
            return;
        }

        Put(key, new SlowHop(
            process.Key,
            cluster,
            hop.Topic,
            hop.Group,
            process.Source.Service,
            hop.Partition,
            hop.Offset,
            process.StartUnixNs,
            endToEnd,
            hop.Timing.Lag,
            hop.Timing.Processing));
        Unsaved.Add(key);
    }

    /// <summary>What a checkpoint had, the oldest first; nothing is unsaved by it.</summary>
    public void Restore(SlowHopKey key, SlowHop hop) => Put(key, hop);

    private void Put(SlowHopKey key, SlowHop hop)
    {
        if (!_slowest.ContainsKey(key))
        {
            if (_order.Count >= settings.SlowHopsMax && _order.TryDequeue(out var oldest))
            {
                _slowest.TryRemove(oldest, out _);
                Unsaved.Add(oldest);
            }

            _order.Enqueue(key);
        }

        _slowest[key] = hop;
    }
}
