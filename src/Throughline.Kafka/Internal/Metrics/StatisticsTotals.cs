using System.Text.Json;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>The fields at the top of a client's statistics, while they are read.</summary>
internal struct StatisticsTotals
{
    private long _queuedMessages;
    private long _queuedBytes;
    private long _bytesOut;
    private long _bytesIn;
    private long _messagesOut;
    private long _messagesIn;
    private long _messageBytesOut;
    private long _messageBytesIn;
    private bool _hasType;

    internal bool IsProducer { get; private set; }

    /// <summary>Reads the field that the reader stands on, if it is one of these.</summary>
    internal bool TryRead(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("type"u8))
        {
            json.Read();
            IsProducer = json.TokenType == JsonTokenType.String && json.ValueTextEquals("producer"u8);
            return _hasType = true;
        }

        return TryRead(ref json, "msg_cnt"u8, ref _queuedMessages)
            || TryRead(ref json, "msg_size"u8, ref _queuedBytes)
            || TryRead(ref json, "tx_bytes"u8, ref _bytesOut)
            || TryRead(ref json, "rx_bytes"u8, ref _bytesIn)
            || TryRead(ref json, "txmsgs"u8, ref _messagesOut)
            || TryRead(ref json, "rxmsgs"u8, ref _messagesIn)
            || TryRead(ref json, "txmsg_bytes"u8, ref _messageBytesOut)
            || TryRead(ref json, "rxmsg_bytes"u8, ref _messageBytesIn);
    }

    /// <exception cref="JsonException">There was no type, so this was no client's.</exception>
    internal readonly ClientStatistics ToStatistics() => !_hasType
        ? throw new JsonException("There is no type: not a client's statistics.")
        : new()
        {
            IsProducer = IsProducer,
            QueuedMessages = _queuedMessages,
            QueuedBytes = _queuedBytes,
            BytesOut = _bytesOut,
            BytesIn = _bytesIn,
            MessagesOut = _messagesOut,
            MessagesIn = _messagesIn,
            MessageBytesOut = _messageBytesOut,
            MessageBytesIn = _messageBytesIn,
        };

    private static bool TryRead(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ref long value)
    {
        if (!json.ValueTextEquals(name))
        {
            return false;
        }

        value = json.ReadNumber();
        return true;
    }
}
