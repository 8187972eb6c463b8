using System.Text;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Capture;

namespace Throughline.Kafka;

/// <summary>A record as hooks see it: about to be sent, or received and about to be handled. Only for the time of the call.</summary>
public readonly struct TracedRecord
{
    private readonly MessageMetadata? _message;
    private readonly RecordContent? _content;

    internal TracedRecord(string topic, Partition partition, Offset offset, MessageMetadata message, RecordContent content)
    {
        Topic = topic;
        Partition = partition;
        Offset = offset;
        _message = message;
        _content = content;
    }

    /// <summary>The topic; empty where the consumer was told to leave it out of its results.</summary>
    public string Topic { get; }

    /// <summary>The partition; <see cref="Confluent.Kafka.Partition.Any"/> for a send that leaves the choice to the client.</summary>
    public Partition Partition { get; }

    /// <summary>The offset; <see cref="Confluent.Kafka.Offset.Unset"/> for a send.</summary>
    public Offset Offset { get; }

    /// <summary>The timestamp; a send's is the default where the client sets it.</summary>
    public Timestamp Timestamp => _message?.Timestamp ?? default;

    /// <summary>The headers: a received record's own, or those of the caller's message; to be read, not written.</summary>
    public Headers? Headers => _message?.Headers;

    /// <summary>The key; boxed where it is a value type.</summary>
    public object? Key => _message is null ? null : _content?.KeyOf(_message);

    /// <summary>The value; boxed where it is a value type.</summary>
    public object? Value => _message is null ? null : _content?.ValueOf(_message);

    /// <summary>The last header of that name as UTF-8 text; <see langword="null"/> where there is none.</summary>
    public string? Header(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Headers is { } headers && headers.TryGetLastBytes(name, out var value) && value is not null
            ? Encoding.UTF8.GetString(value)
            : null;
    }
}
