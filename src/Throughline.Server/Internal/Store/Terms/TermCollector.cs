using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>Reads out of spans what they are looked up by. One thread uses it, for a block after the other.</summary>
internal sealed class TermCollector
{
    /// <summary>Attributes of a span, and links, that are indexed; of one with more, the rest is found by reading it.</summary>
    public const int TermsPerSpanMax = 2048;

    private const int SourcesMax = 4096;
    private const int TextBytesMax = 64;

    private readonly TermTable _table = new();
    private readonly Dictionary<SpanSource, SourceTerm[]> _sources = [];
    private readonly List<byte> _durations = [];
    private readonly List<byte> _lags = [];
    private readonly Dictionary<ulong, OffsetSpread> _offsets = [];
    private int _left;

    /// <summary>Adds a block's next span.</summary>
    public void Add(SpanFacts span, ReadOnlySpan<byte> body, Completion completion)
    {
        var row = _durations.Count;
        _left = TermsPerSpanMax;
        _durations.Add(LogScale.Of(span.DurationNs));
        _lags.Add(SpanLag.Of(span) is { } lag ? LogScale.Of(lag) : LogScale.Missing);
        AddIdentities(row, span);
        AddFields(row, span, completion);
        foreach (var term in TermsOf(span.Source))
        {
            Add(row, term.Key, term.Name, term.Value, completion);
        }

        AddAttributes(row, body, completion);
        if (_left <= 0)
        {
            AddIdentity(Term.Partial, row);
        }
    }

    /// <summary>Adds a block's next log record.</summary>
    public void Add(LogFacts log)
    {
        AddIdentity(Term.LogOf(log.TraceId), _durations.Count);
        _durations.Add(LogScale.Missing);
        _lags.Add(LogScale.Missing);
    }

    /// <summary>Adds a row of which nothing is known.</summary>
    public void AddUnread()
    {
        AddIdentity(Term.Partial, _durations.Count);
        _durations.Add(LogScale.Missing);
        _lags.Add(LogScale.Missing);
    }

    /// <summary>Ends the block.</summary>
    public BlockTerms Take(Completion completion)
    {
        _table.CountTags(completion);
        var terms = _table.Take([.. _durations], [.. _lags], [.. _offsets.Values]);
        _offsets.Clear();
        _durations.Clear();
        _lags.Clear();
        return terms;
    }

    private void AddIdentities(int row, SpanFacts span)
    {
        AddIdentity(Term.Trace(span.TraceId), row);
        var messaging = span.Messaging;
        if (messaging is { Topic: { } topic, Offset: >= 0 })
        {
            AddIdentity(Term.Record(topic, messaging.Partition, messaging.Offset), row);
            var partition = Term.Partition(topic, messaging.Partition);
            var spread = new OffsetSpread(partition, messaging.Offset, messaging.Offset);
            _offsets[partition] = _offsets.TryGetValue(partition, out var known) ? known.With(spread) : spread;
        }

        for (var i = 0; i < span.Links.Count && _left > 0; i++, _left--)
        {
            var link = span.Links[i];
            AddIdentity(Term.LinkTo(link.Key.TraceId), row);
            if (LinkedRecord.Of(span, link) is { } record)
            {
                AddIdentity(Term.Record(record.Topic, record.Partition, record.Offset), row);
            }
        }
    }

    private void AddIdentity(ulong term, int row)
    {
        if (_table.Add(term, row, out var slot))
        {
            _table.Tag(slot, Completion.None);
        }
    }

    private void AddFields(int row, SpanFacts span, Completion completion)
    {
        Add(row, IndexedKeys.Service, span.Source.Service, completion);
        Add(row, IndexedKeys.Name, span.Name, completion);
        Add(row, IndexedKeys.Kind, FieldWords.Of(span.Kind), completion);
        Add(row, IndexedKeys.Status, FieldWords.Of(span.Status), completion);
        Add(row, IndexedKeys.ErrorType, span.ErrorType, completion);
        if (span.Messaging is not { } messaging)
        {
            return;
        }

        Add(row, IndexedKeys.Operation, FieldWords.Of(messaging.Operation), completion);
        Add(row, IndexedKeys.Topic, messaging.Topic, completion);
        Add(row, IndexedKeys.Group, messaging.Group, completion);
        Add(row, IndexedKeys.MessageKey, messaging.Key, completion);
        Add(row, IndexedKeys.Partition, messaging.Partition, completion);
        Add(row, IndexedKeys.Offset, messaging.Offset, completion);
    }

    private void AddAttributes(int row, ReadOnlySpan<byte> body, Completion completion)
    {
        try
        {
            foreach (var attribute in OtlpSpan.Attributes(body))
            {
                Add(row, attribute.Key, attribute.Value, completion);
            }
        }
        catch (MalformedOtlpException)
        {
            // What receiving let through is well-formed; a span that is not for all that must not stop the others.
            _left = 0;
        }
    }

    private void Add(int row, IndexedKey key, string? value, Completion completion)
    {
        if (value is null)
        {
            return;
        }

        var max = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> buffer = max <= 512 ? stackalloc byte[512] : new byte[max];
        Add(row, key.Hash, key.Utf8, buffer[..Encoding.UTF8.GetBytes(value, buffer)], completion);
    }

    private void Add(int row, IndexedKey key, long value, Completion completion)
    {
        if (value < 0)
        {
            return;
        }

        Span<byte> text = stackalloc byte[TextBytesMax];
        Utf8Formatter.TryFormat(value, text, out var written);
        Add(row, key.Hash, key.Utf8, text[..written], completion);
    }

    private void Add(int row, ReadOnlySpan<byte> name, OtlpValue value, Completion completion)
    {
        Span<byte> text = stackalloc byte[TextBytesMax];
        var written = 0;
        switch (value.Kind)
        {
            case OtlpValueKind.Text:
                Add(row, Term.Key(name), name, value.Bytes, completion);
                return;
            case OtlpValueKind.Int:
                Utf8Formatter.TryFormat(value.Int, text, out written);
                break;
            case OtlpValueKind.Double:
                value.Double.TryFormat(text, out written, "R", CultureInfo.InvariantCulture);
                break;
            case OtlpValueKind.Bool:
                Add(row, Term.Key(name), name, value.Bool ? "true"u8 : "false"u8, completion);
                return;
            case OtlpValueKind.Binary:
                Add(row, Term.Key(name), name, Encoding.UTF8.GetBytes(value.ToText()!), completion);
                return;
            case OtlpValueKind.Array:
                AddItems(row, name, value, completion);
                return;
            default:
                return;
        }

        Add(row, Term.Key(name), name, text[..written], completion);
    }

    // An array has a value when one of its items is it.
    private void AddItems(int row, ReadOnlySpan<byte> name, OtlpValue value, Completion completion)
    {
        foreach (var item in value.Items)
        {
            if (_left <= 0)
            {
                return;
            }

            if (item.Kind is not OtlpValueKind.Array)
            {
                Add(row, name, item, completion);
            }
        }
    }

    private void Add(int row, ulong key, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Completion completion)
    {
        if (_left-- <= 0)
        {
            return;
        }

        var term = Term.Attribute(key, value);
        if (_table.Add(term, row, out var slot))
        {
            _table.Tag(slot, completion.Tag(key, term, name, value));
        }
    }

    private SourceTerm[] TermsOf(SpanSource source)
    {
        if (_sources.TryGetValue(source, out var known))
        {
            return known;
        }

        if (_sources.Count == SourcesMax)
        {
            _sources.Clear();
        }

        var terms = new List<SourceTerm>();
        foreach (var attribute in OtlpSpan.ResourceAttributes(source.ResourceBytes.Span))
        {
            if (attribute.Value.ToText() is { } text)
            {
                terms.Add(new SourceTerm(Term.Key(attribute.Key), attribute.Key.ToArray(), Encoding.UTF8.GetBytes(text)));
            }
            else if (attribute.Value.Kind == OtlpValueKind.Array)
            {
                foreach (var item in attribute.Value.Items)
                {
                    if (item.ToText() is { } itemText)
                    {
                        terms.Add(new SourceTerm(Term.Key(attribute.Key), attribute.Key.ToArray(), Encoding.UTF8.GetBytes(itemText)));
                    }
                }
            }
        }

        return _sources[source] = [.. terms];
    }

    private sealed record SourceTerm(ulong Key, byte[] Name, byte[] Value);
}
