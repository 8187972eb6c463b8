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

    /// <summary>With so many values the segments behind are not asked: it is an id, of which nobody wants a list.</summary>
    public const int ValuesMax = 2_000;

    private const int NamesMax = 8 * Completion.NamesMax;

    public IReadOnlyList<string> Names(TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        Visit(
            range,
            names,
            NamesMax,
            segment => Visit(segment, index => index.AddNames(names), completion => AddNames(completion, names)),
            cancellationToken);
        foreach (var name in names.Keys.Where(name => name.StartsWith(IndexedKeys.FieldMark)).ToArray())
        {
            names.Remove(name);
        }

        return MostFrequent(names, limit);
    }

    public IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var scope = field.Known == WellKnownField.Attribute ? field.Scope : AttributeScope.Any;
        var name = field.Known == WellKnownField.Attribute ? field.Attribute : IndexedKeys.Of(field.Known)?.Name;
        if (name is null)
        {
            return [];
        }

        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        var ofResources = scope == AttributeScope.Resource ? values : new Dictionary<string, long>(StringComparer.Ordinal);
        var resources = new ResourceValues(name, ofResources);
        Visit(
            range,
            values,
            Math.Max(ValuesMax, limit),
            segment =>
            {
                if (scope != AttributeScope.Resource)
                {
                    var most = Math.Max(limit, Completion.ValuesPerNameMax);
                    Visit(segment, index => index.AddValues(name, most, values), completion => AddValues(completion, name, values));
                }

                if (scope != AttributeScope.Any)
                {
                    resources.Add(segment, indexes);
                }
            },
            cancellationToken);

        // A value that spans and resources have alike is left out, too: nobody has counted whose it is.
        return MostFrequent(
            scope == AttributeScope.Span ? values.Where(value => !ofResources.ContainsKey(value.Key)) : values, limit);
    }

    private static string[] MostFrequent(IEnumerable<KeyValuePair<string, long>> counts, int limit) =>
        [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(limit).Select(count => count.Key)];

    private void Visit(
        TimeRange range, Dictionary<string, long> into, int enough, Action<Segment> visit, CancellationToken cancellationToken)
    {
        var all = segments.All;
        for (int i = all.Length - 1, left = SegmentsMax; i >= 0 && left > 0 && into.Count < enough; i--)
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
                visit(segment);
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
