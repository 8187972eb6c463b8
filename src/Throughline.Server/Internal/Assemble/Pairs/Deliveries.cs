using System.Runtime.InteropServices;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>
/// Counts how often a group was seen to process a record. In memory are hashes of the latest; the store is asked only for
/// a record that may have been processed before what memory covers: offsets come in order but for redeliveries.
/// </summary>
internal sealed class Deliveries(Known known)
{
    // Group-partitions whose highest offset is kept; further ones ask the store each time.
    private const int PartitionsMax = 100_000;

    private readonly Dictionary<(string Group, string Topic, int Partition, string? Scope), Reach> _reached = [];
    private Dictionary<ulong, int> _young = [];
    private Dictionary<ulong, int> _old = [];
    private int _generation;

    /// <summary>Which delivery this is, from 1.</summary>
    /// <param name="processing">The processing.</param>
    /// <param name="reference">What it says of its record.</param>
    /// <param name="send">The record's send, or null.</param>
    /// <param name="group">The group.</param>
    /// <param name="countStored">How many earlier ones the store has; asked only when need be.</param>
    public int Count(SpanFacts processing, in Reference reference, SpanFacts? send, string group, Func<int> countStored)
    {
        var hash = Hash(reference, send, group, ClusterScope.NameOf(processing));
        var isRemembered = _young.TryGetValue(hash, out var earlier) || _old.TryGetValue(hash, out earlier);
        if (!isRemembered && !IsSurelyFirst(processing, reference, send, group))
        {
            earlier = countStored();
        }

        if (_young.Count >= known.Options.DeliveriesMax / 2 && !_young.ContainsKey(hash))
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _generation++;
        }

        return _young[hash] = earlier + 1;
    }

    private bool IsSurelyFirst(SpanFacts processing, in Reference reference, SpanFacts? send, string group)
    {
        if (reference.Topic is not { } topic || reference.Partition < 0 || reference.Offset < 0)
        {
            return IsSurelyNew(send) && _generation < 2;
        }

        var key = (group, topic, reference.Partition, ClusterScope.NameOf(processing));
        if (_reached.Count >= PartitionsMax && !_reached.ContainsKey(key))
        {
            return false;
        }

        ref var reach = ref CollectionsMarshal.GetValueRefOrAddDefault(_reached, key, out var exists);
        reach = exists ? reach.Noting(reference.Offset, _generation) : Reach.First(reference.Offset, _generation);
        return reference.Offset > reach.FloorOf(_generation) && IsSurelyNew(send);
    }

    // Sent after the start: then no processing of it can have been settled before, and be unknown here.
    private bool IsSurelyNew(SpanFacts? send) =>
        send is not null && send.StartUnixNs - (known.Options.SkewMax.Ticks * TimeSpan.NanosecondsPerTick) > known.UnknownUntilUnixNs;

    private static ulong Hash(in Reference reference, SpanFacts? send, string group, string? scope)
    {
        var key = send?.Key ?? reference.Key;
        var hash = Mixing.Mix(key.TraceId.High ^ key.SpanId);
        hash = Mixing.Mix(hash ^ key.TraceId.Low);
        hash = Mixing.Mix(hash ^ (ulong)reference.Offset);
        hash = Mixing.Mix(hash ^ ((ulong)(uint)reference.Partition << 32) ^ (uint)(reference.Topic?.GetHashCode(StringComparison.Ordinal) ?? 0));
        return Mixing.Mix(
            hash ^ ((ulong)(uint)group.GetHashCode(StringComparison.Ordinal) << 32) ^ (uint)(scope?.GetHashCode(StringComparison.Ordinal) ?? 0));
    }

    /// <summary>
    /// The highest offset that a group has been seen at, by generation of memory: an offset above everything that has been
    /// forgotten was never counted, or still is remembered.
    /// </summary>
    private readonly record struct Reach(int Generation, long High, long BeforeYoung, long BeforeOld)
    {
        public static Reach First(long offset, int generation) => new(generation, offset, -1, -1);

        public Reach Noting(long offset, int generation)
        {
            var aged = Aged(generation);
            return aged with { High = Math.Max(aged.High, offset) };
        }

        /// <summary>Offsets up to this one may have been forgotten.</summary>
        public long FloorOf(int generation) => Aged(generation).BeforeOld;

        private Reach Aged(int generation) => (generation - Generation) switch
        {
            0 => this,
            1 => this with { Generation = generation, BeforeYoung = High, BeforeOld = BeforeYoung },
            _ => this with { Generation = generation, BeforeYoung = High, BeforeOld = High },
        };
    }
}
