namespace Throughline.Server.Internal.Brokers;

/// <summary>
/// The last record of each partition that a producer's span says was acknowledged. A partition that ends before it has lost
/// it: brokers are asked every few seconds only, and may never have told of it.
/// </summary>
internal sealed class Acknowledged
{
    // Partitions; of more, what brokers tell is all there is.
    private const int SlotsMax = 50_000;

    private readonly Dictionary<(string Cluster, TopicSlot Slot), AcknowledgedSend> _last = [];

    public void Add(string cluster, TopicSlot slot, AcknowledgedSend send)
    {
        var key = (cluster, slot);
        if (_last.TryGetValue(key, out var last) ? send.Offset > last.Offset : _last.Count < SlotsMax)
        {
            _last[key] = send;
        }
    }

    public AcknowledgedSend? Find(string cluster, TopicSlot slot) =>
        _last.TryGetValue((cluster, slot), out var send) ? send : null;

    public void Remove(string cluster, TopicSlot slot) => _last.Remove((cluster, slot));

    /// <summary>The same once more, seen beyond the end.</summary>
    public void Doubt(string cluster, TopicSlot slot, AcknowledgedSend send) =>
        _last[(cluster, slot)] = send with { IsDoubtful = true };
}
