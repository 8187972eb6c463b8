using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Goes through a request item by item (spans, log records, metrics): all three signals have the same three levels of
/// messages. A resource may come behind its items, as protobuf allows.
/// </summary>
internal ref struct ItemWalk(ReadOnlySpan<byte> payload, SpanSources sources)
{
    /// <summary>Items of a request at most: what is kept of one in memory is larger than the smallest message of one.</summary>
    public const int ItemsMax = 250_000;

    private ProtoReader _request = new(payload);
    private ProtoReader _ofResource = default;
    private ProtoReader _ofScope = default;
    private ReadOnlySpan<byte> _resourceItems = default;
    private ReadOnlySpan<byte> _scopeItems = default;
    private int _resourceStart;
    private int _scopeStart;
    private int _items;
    private SpanSource? _source;

    /// <summary>The item's message.</summary>
    public readonly ReadOnlySpan<byte> Item => _ofScope.Bytes;

    /// <summary>Where the item lies in the payload.</summary>
    public readonly SpanPosition Position =>
        new(Entry: 0, _resourceStart + _scopeStart + _ofScope.Start, _ofScope.Bytes.Length);

    /// <summary>Who tells of the item.</summary>
    public SpanSource Source => _source ??= ReadSource();

    /// <exception cref="MalformedOtlpException">The payload is no such request, or has too many items.</exception>
    public bool Next()
    {
        while (true)
        {
            while (_ofScope.Next())
            {
                if (_ofScope.Tag == OtlpTags.ScopeItems.Items)
                {
                    Count();
                    return true;
                }
            }

            if (!NextScope())
            {
                return false;
            }
        }
    }

    /// <summary>Counts an item, or a part of one that is kept for itself.</summary>
    /// <exception cref="MalformedOtlpException">There are too many.</exception>
    public void Count()
    {
        if (++_items > ItemsMax)
        {
            throw new MalformedOtlpException(
                $"the request has more than {ItemsMax} items, which is the limit; send smaller batches");
        }
    }

    private bool NextScope()
    {
        while (true)
        {
            while (_ofResource.Next())
            {
                if (_ofResource.Tag == OtlpTags.ResourceItems.Scopes)
                {
                    _scopeItems = _ofResource.Bytes;
                    _scopeStart = _ofResource.Start;
                    _ofScope = new ProtoReader(_scopeItems);
                    _source = null;
                    return true;
                }
            }

            if (!NextResource())
            {
                return false;
            }
        }
    }

    private bool NextResource()
    {
        while (_request.Next())
        {
            if (_request.Tag == OtlpTags.Request.Resources)
            {
                _resourceItems = _request.Bytes;
                _resourceStart = _request.Start;
                _ofResource = new ProtoReader(_resourceItems);
                return true;
            }
        }

        return false;
    }

    private readonly SpanSource ReadSource() => sources.Get(
        First(_resourceItems, OtlpTags.ResourceItems.Resource), First(_scopeItems, OtlpTags.ScopeItems.Scope));

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> message, uint tag)
    {
        // Almost always it is the first field; then nothing else is looked at.
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == tag)
            {
                return reader.Bytes;
            }
        }

        return default;
    }
}
