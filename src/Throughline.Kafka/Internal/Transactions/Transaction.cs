using System.Diagnostics;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>
/// One transaction of a producer, from begin to commit or abort: its id, which every send in it starts with, and the
/// sends themselves, for the span that ends it to link to. A send has ended, and may have been exported, long before.
/// </summary>
internal sealed class Transaction
{
    // One for each topic and partition that it sends to; those beyond are made anew for each send.
    private const int ShapesMax = 256;

    private readonly Lock _lock = new();
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly int _linksMax;
    private readonly Dictionary<SpanShape, SpanShape> _shapes = [];
    private readonly List<ActivityContext> _recorded = [];
    private int _sends;
    private int _linksLeftOut;

    internal Transaction(string? id, long sequence, int linksMax)
    {
        KeyValuePair<string, object?> number = new(AttributeNames.TransactionSequence, sequence);
        _tags = string.IsNullOrEmpty(id) ? [number] : [new(AttributeNames.TransactionId, id), number];
        _linksMax = linksMax;
    }

    /// <summary>The shape of a span that belongs to this transaction: samplers see the id too.</summary>
    internal SpanShape ShapeOf(SpanShape plain)
    {
        lock (_lock)
        {
            if (!_shapes.TryGetValue(plain, out var own))
            {
                own = new SpanShape(plain.Topic, plain.Partition, plain.Name, new TransactionTags(plain.StartTags, _tags));
                if (_shapes.Count < ShapesMax)
                {
                    _shapes.Add(plain, own);
                }
            }

            return own;
        }
    }

    /// <summary>Counts a send, and remembers its span for a link where one is recorded.</summary>
    internal void Sent(Activity? recorded)
    {
        lock (_lock)
        {
            _sends++;
            if (recorded is null)
            {
                return;
            }

            if (_recorded.Count < _linksMax)
            {
                _recorded.Add(recorded.Context);
            }
            else
            {
                _linksLeftOut++;
            }
        }
    }

    /// <summary>Links to the sends so far, up to the cap.</summary>
    internal ActivityLink[] Links()
    {
        lock (_lock)
        {
            return [.. _recorded.Select(send => new ActivityLink(send))];
        }
    }

    /// <summary>Says on a span that is not a send which transaction it belongs to.</summary>
    internal void Tell(Activity? span)
    {
        foreach (var tag in _tags)
        {
            span?.AddTag(tag.Key, tag.Value);
        }
    }

    /// <summary>Counts on the span that ends the transaction.</summary>
    internal void TellSends(Activity? span)
    {
        lock (_lock)
        {
            span?.AddTag(AttributeNames.TransactionSends, _sends);
            if (_linksLeftOut > 0)
            {
                span?.AddTag(AttributeNames.TransactionLinksLeftOut, _linksLeftOut);
            }
        }
    }
}
