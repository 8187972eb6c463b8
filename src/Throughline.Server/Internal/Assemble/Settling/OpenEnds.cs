using System.Runtime.InteropServices;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>All settled spans that wait: by the span they miss, by their record, and by when the wait is over.</summary>
internal sealed class OpenEnds
{
    private readonly Dictionary<SpanKey, OpenEnd> _byKey = [];
    private readonly Dictionary<RecordPlace, OpenEnd> _byPlace = [];
    private readonly HashSet<SpanIdentity> _receives = [];
    private readonly Queue<OpenEnd> _byDue = new();

    /// <summary>Those that wait, and some that are done and not yet passed over.</summary>
    public int Count => _byDue.Count;

    public IEnumerable<OpenEnd> Waiting => _byDue.Where(static end => !end.IsDone);

    /// <summary>Waits until <see cref="OpenEnd.Due"/>, which is never before that of one added earlier.</summary>
    public void Add(OpenEnd end)
    {
        _byDue.Enqueue(end);
        switch (end.Kind)
        {
            case OpenEndKind.Parent or OpenEndKind.Reference:
                Link(_byKey, end.Reference.Key, end);
                break;
            case OpenEndKind.Identity when end.Place is { } place:
                Link(_byPlace, place, end);
                break;
            case OpenEndKind.Receive:
                _receives.Add(end.Span.Identity);
                break;
        }
    }

    /// <summary>Those that missed this span; they do not wait any more. The earliest first.</summary>
    public IReadOnlyList<OpenEnd> Take(SpanKey key)
    {
        if (!_byKey.Remove(key, out var first))
        {
            return [];
        }

        var ends = Chain(first);
        foreach (var end in ends)
        {
            end.IsDone = true;
        }

        ends.Sort(static (a, b) => a.Span.StartUnixNs.CompareTo(b.Span.StartUnixNs));
        return ends;
    }

    /// <summary>Those that wait for a send of this record, and go on waiting until they are <see cref="Close"/>d.</summary>
    public IReadOnlyList<OpenEnd> At(RecordPlace place) => _byPlace.TryGetValue(place, out var first) ? Chain(first) : [];

    /// <summary>Whether it is still open if this span is a processing at all.</summary>
    public bool IsWaitingReceive(SpanFacts span) => _receives.Contains(span.Identity);

    /// <summary>It does not wait any more.</summary>
    public void Close(OpenEnd end)
    {
        end.IsDone = true;
        switch (end.Kind)
        {
            case OpenEndKind.Parent or OpenEndKind.Reference:
                Unlink(_byKey, end.Reference.Key, end);
                break;
            case OpenEndKind.Identity when end.Place is { } place:
                Unlink(_byPlace, place, end);
                break;
            case OpenEndKind.Receive:
                _receives.Remove(end.Span.Identity);
                break;
        }
    }

    /// <summary>The next whose wait is over, or which has to go early; it does not wait any more.</summary>
    /// <param name="timestamp">The time now.</param>
    /// <param name="countMax">More than these are over their bound.</param>
    /// <param name="tick">What was settled in this tick stays in any case: the store does not have it yet.</param>
    public OpenEnd? TakeDue(long timestamp, int countMax, long tick)
    {
        while (_byDue.TryPeek(out var end))
        {
            if (!end.IsDone && end.Due > timestamp && (_byDue.Count <= countMax || end.SettledTick >= tick))
            {
                return null;
            }

            _byDue.Dequeue();
            if (!end.IsDone)
            {
                Close(end);
                return end;
            }
        }

        return null;
    }

    private static void Link<TKey>(Dictionary<TKey, OpenEnd> table, TKey key, OpenEnd end)
        where TKey : notnull
    {
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(table, key, out _);
        end.Next = first;
        if (first is not null)
        {
            first.Previous = end;
        }

        first = end;
    }

    private static void Unlink<TKey>(Dictionary<TKey, OpenEnd> table, TKey key, OpenEnd end)
        where TKey : notnull
    {
        if (end.Next is { } next)
        {
            next.Previous = end.Previous;
        }

        if (end.Previous is { } previous)
        {
            previous.Next = end.Next;
        }
        else if (end.Next is { } first)
        {
            table[key] = first;
        }
        else
        {
            table.Remove(key);
        }
    }

    private static List<OpenEnd> Chain(OpenEnd? end)
    {
        var ends = new List<OpenEnd>();
        for (; end is not null; end = end.Next)
        {
            ends.Add(end);
        }

        return ends;
    }
}
