using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>An attribute's values in resources: the index has them together with the spans' own, a segment's sources have them alone.</summary>
internal sealed class ResourceValues(string attribute, Dictionary<string, long> into)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(attribute);
    private readonly HashSet<SpanSource> _seen = [];

    /// <summary>Adds a segment's, each with the sources that have it. Under a lease on the segment.</summary>
    /// <exception cref="InvalidDataException">The segment's index is damaged.</exception>
    public void Add(Segment segment, IndexPool indexes)
    {
        using var reading = SegmentReading.Begin(segment, indexes);
        _seen.Clear();
        foreach (var source in reading.Sources.All)
        {
            Add(source);
        }

        // Sources are noted when a block is closed.
        foreach (var block in reading.Open)
        {
            if (block is { Kind: BlockKind.Spans, Rows: { } rows })
            {
                for (int row = 0, count = rows.Count; row < count; row++)
                {
                    Add(rows.Source(row));
                }
            }
        }
    }

    private void Add(SpanSource source)
    {
        if (!_seen.Add(source) || !OtlpSpan.ResourceAttributes(source.ResourceBytes.Span).TryFind(_key, out var value))
        {
            return;
        }

        if (value.Kind != OtlpValueKind.Array)
        {
            Add(value);
            return;
        }

        foreach (var item in value.Items)
        {
            Add(item);
        }
    }

    private void Add(OtlpValue value)
    {
        if (value.ToText() is { } text)
        {
            into[text] = into.GetValueOrDefault(text) + 1;
        }
    }
}
