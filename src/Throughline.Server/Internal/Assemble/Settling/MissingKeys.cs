using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>
/// Hashes of what was waited for in vain: should it come after all, the store is asked who needs it, and for nothing else.
/// Two generations; while neither knows the time of something, the store is asked as well.
/// </summary>
internal sealed class MissingKeys(int keysMax, long startedUnixNs)
{
    private HashSet<ulong> _young = [];
    private HashSet<ulong> _old = [];
    private long _youngUntilUnixNs = startedUnixNs;
    private long _oldUntilUnixNs = startedUnixNs;

    /// <summary>
    /// A span that needs something and starts later than this is noted here. What was settled before the process began is not.
    /// </summary>
    public long IncompleteUntilUnixNs { get; private set; } = startedUnixNs;

    public void NothingCameBefore() =>
        IncompleteUntilUnixNs = _youngUntilUnixNs = _oldUntilUnixNs = long.MinValue;

    public void Add(SpanKey key, SpanFacts needing) => Add(Hash(key), needing);

    public void Add(RecordPlace place, SpanFacts needing) => Add(Hash(place), needing);

    public bool MayHave(SpanKey key) => _young.Count + _old.Count > 0 && Has(Hash(key));

    public bool MayHave(RecordPlace place) => _young.Count + _old.Count > 0 && Has(Hash(place));

    private bool Has(ulong hash) => _young.Contains(hash) || _old.Contains(hash);

    private void Add(ulong hash, SpanFacts needing)
    {
        if (_young.Count >= keysMax / 2)
        {
            IncompleteUntilUnixNs = Math.Max(IncompleteUntilUnixNs, _oldUntilUnixNs);
            (_old, _young) = (_young, _old);
            _oldUntilUnixNs = _youngUntilUnixNs;
            _young.Clear();
        }

        _young.Add(hash);
        _youngUntilUnixNs = Math.Max(_youngUntilUnixNs, needing.StartUnixNs);
    }

    private static ulong Hash(SpanKey key) => Mixing.Mix(Mixing.Mix(key.TraceId.High ^ key.SpanId) ^ key.TraceId.Low);

    private static ulong Hash(RecordPlace place) => Mixing.Mix(
        Mixing.Mix((uint)place.Topic.GetHashCode(StringComparison.Ordinal) | ((ulong)(uint)place.Partition << 32)) ^ (ulong)place.Offset);
}
