using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>Names and values for completion, from what each segment has counted. Newest segments first, so many of them.</summary>
internal sealed class CompletionReader(SegmentList segments, IndexPool indexes, BlockReader blocks)
{
    /// <summary>Segments that are asked at most: names and values that recur are in the newest.</summary>
    public const int SegmentsMax = 64;

    public IReadOnlyList<string> Names(TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        Visit(range, names, index => index.AddNames(names), completion => AddNames(completion, names), cancellationToken);
        foreach (var name in names.Keys.Where(name => name.StartsWith(IndexedKeys.FieldMark)).ToArray())
        {
            names.Remove(name);
        }

        return MostFrequent(names, limit);
    }

    public IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var name = field.Known == WellKnownField.Attribute ? field.Attribute : IndexedKeys.Of(field.Known)?.Name;
        if (name is null)
        {
            return [];
        }

        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        Visit(
            range,
            values,
            index => index.AddValues(name, Math.Max(limit, Completion.ValuesPerNameMax), values),
            completion => AddValues(completion, name, values),
            cancellationToken);
        return MostFrequent(values, limit);
    }

    private static string[] MostFrequent(Dictionary<string, long> counts, int limit) =>
        [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(limit).Select(count => count.Key)];

    private void Visit(
        TimeRange range, Dictionary<string, long> into, Action<SealedIndex> sealedIndex, Action<Completion> open, CancellationToken cancellationToken)
    {
        var all = segments.All;
        for (int i = all.Length - 1, left = SegmentsMax; i >= 0 && left > 0 && into.Count < Completion.NamesMax * 8; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segment = all[i];
            if (!IsInRange(segment, range) || !segment.TryLease())
            {
                continue;
            }

            left--;
            try
            {
                Visit(segment, sealedIndex, open);
            }
            catch (InvalidDataException e)
            {
                blocks.Tell(segment, default, e.Message);
            }
            finally
            {
                segment.Release();
            }
        }
    }

    private void Visit(Segment segment, Action<SealedIndex> sealedIndex, Action<Completion> open)
    {
        if (segment.View is { } view)
        {
            if (segment.Completion is { } completion)
            {
                lock (completion)
                {
                    open(completion);
                }
            }

            VisitUncounted(view, open);
            return;
        }

        var index = indexes.Rent(segment);
        try
        {
            sealedIndex(index);
        }
        finally
        {
            indexes.Return(segment);
        }
    }

    // What is in no block with terms yet is counted here: it is little, and who has just begun wants to see it.
    private static void VisitUncounted(SegmentView view, Action<Completion> open)
    {
        var completion = new Completion();
        var collector = new TermCollector();
        foreach (var block in view.Closed.Take(view.Count).Append(view.Spans))
        {
            if (block.Kind != BlockKind.Spans || block.Terms is not null || block.Rows is not { } rows)
            {
                continue;
            }

            for (int row = 0, count = rows.Count; row < count; row++)
            {
                collector.Add(rows.Span(row), rows.Body(row).Span, completion);
            }

            collector.Take(completion);
        }

        open(completion);
    }

    private static bool IsInRange(Segment segment, TimeRange range) =>
        segment.Facts is not { } facts || (facts.Spans > 0 && range.Overlaps(facts.Times.First, facts.Times.Last));

    private static void AddNames(Completion completion, Dictionary<string, long> into)
    {
        foreach (var name in completion.Names)
        {
            into[name.Name] = into.GetValueOrDefault(name.Name) + name.Spans;
        }
    }

    private static void AddValues(Completion completion, string name, Dictionary<string, long> into)
    {
        foreach (var value in completion.Values)
        {
            if (completion.Names[value.Name].Name == name)
            {
                into[value.Value] = into.GetValueOrDefault(value.Value) + value.Spans;
            }
        }
    }
}
