using System.Text;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;

namespace Throughline.Kafka;

/// <summary>A record of a dead-letter topic, and what its headers tell of its failure; <see langword="null"/> what they do not.</summary>
public sealed class DeadLetter
{
    private DeadLetter(ConsumeResult<byte[], byte[]> letter)
    {
        Place = letter.TopicPartitionOffset;
        Message = letter.Message;
        var trail = FailureTrail.Read(Message.Headers);
        OriginalTopic = trail?.OriginalTopic;
        OriginalPartition = trail?.OriginalPartition;
        OriginalOffset = trail?.OriginalOffset;
        OriginalTimestamp = Time(trail?.OriginalTimestampMs);
        Attempts = trail?.Attempts ?? 0;
        Round = trail?.Round ?? 0;
        TraceId = trail?.Origin is { IsValid: true } origin ? origin.ToActivityContext(null, isRemote: true).TraceId.ToHexString() : null;
        Group = Text(FailureHeaderNames.Group);
        FailureType = Text(FailureHeaderNames.FailureType);
        FailureMessage = Text(FailureHeaderNames.FailureMessage);
        FailureStackTrace = Text(FailureHeaderNames.FailureStackTrace);
        FailedAt = Time(long.TryParse(Text(FailureHeaderNames.FailedAt), out var failedAtMs) ? failedAtMs : null);
    }

    /// <summary>Where the letter is.</summary>
    public TopicPartitionOffset Place { get; }

    /// <summary>The letter itself: original key and value, and all its headers.</summary>
    public Message<byte[], byte[]> Message { get; }

    /// <summary>The topic that the record failed in first.</summary>
    public string? OriginalTopic { get; }

    /// <summary>Its partition there.</summary>
    public int? OriginalPartition { get; }

    /// <summary>Its offset there.</summary>
    public long? OriginalOffset { get; }

    /// <summary>Its timestamp there.</summary>
    public DateTimeOffset? OriginalTimestamp { get; }

    /// <summary>How often a handler was called for it; 0 where it could not be deserialized.</summary>
    public int Attempts { get; }

    /// <summary>How often it was sent to a retry topic.</summary>
    public int Round { get; }

    /// <summary>The id of the trace that the record was first sent in, in hex.</summary>
    public string? TraceId { get; }

    /// <summary>The consumer group that could not process it.</summary>
    public string? Group { get; }

    /// <summary>When it failed last.</summary>
    public DateTimeOffset? FailedAt { get; }

    /// <summary>The type of the last exception, with its namespace.</summary>
    public string? FailureType { get; }

    /// <summary>Its message; it may have been cut.</summary>
    public string? FailureMessage { get; }

    /// <summary>The exception with its causes and stack traces; it may have been cut.</summary>
    public string? FailureStackTrace { get; }

    /// <summary>Reads a record that was consumed without deserializing it.</summary>
    /// <param name="letter">The record, from any dead-letter topic.</param>
    public static DeadLetter Read(ConsumeResult<byte[], byte[]> letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return new(letter);
    }

    private string? Text(string name) =>
        Message.Headers?.TryGetLastBytes(name, out var utf8) == true && utf8 is not null ? Encoding.UTF8.GetString(utf8) : null;

    private static DateTimeOffset? Time(long? unixMs) =>
        unixMs is >= 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs.Value) : null;
}
