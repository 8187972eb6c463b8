using Confluent.Kafka;

namespace Throughline.Kafka;

/// <summary>
/// Where records go that could not be processed: to retry topics one after the other, then to a dead-letter topic, with
/// their original key, value and headers. Read once, when processing starts.
/// </summary>
/// <remarks>
/// A record's offset is committed only when the brokers have acknowledged that it was sent on. Where it cannot be, processing
/// ends with a <see cref="ForwardException"/> and the record comes again.
/// </remarks>
/// <param name="producer">
/// Sends the records on, with acknowledgements (<c>acks</c> other than 0, delivery reports on). It stays the caller's to
/// dispose. One that does not trace is wrapped.
/// </param>
public sealed class FailureRouting(IProducer<byte[], byte[]> producer)
{
    /// <summary>Sends the records on.</summary>
    public IProducer<byte[], byte[]> Producer { get; } = producer ?? throw new ArgumentNullException(nameof(producer));

    /// <summary>
    /// The topics for the first, second, … round of a failed record, in this order; one topic may be given several times.
    /// Empty by default: straight to the dead letters.
    /// </summary>
    public IList<RetryTopic> RetryTopics { get; } = [];

    /// <summary>
    /// Where a record goes after its last round. <see langword="null"/> (default): its exception ends processing, and it comes
    /// again.
    /// </summary>
    public string? DeadLetterTopic { get; set; }

    /// <summary>
    /// Whether no retry can help after this exception, so that the record goes to the dead letters at once;
    /// <see langword="null"/> (default): none such. A record that cannot be deserialized always does. One that throws is
    /// contained and counted, and the record retried.
    /// </summary>
    public Func<Exception, bool>? IsPermanent { get; set; }

    /// <summary>UTF-8 bytes of the exception with its stack traces that a header carries at most; 0 for none. Default: 4,096.</summary>
    public int StackTraceBytesMax { get; set; } = 4096;

    /// <summary>UTF-8 bytes of the exception's message that a header carries at most; 0 for none. Default: 512.</summary>
    public int MessageBytesMax { get; set; } = 512;

    /// <summary>How often a record is tried to be sent on, 1 or more; the client itself tries for <c>message.timeout.ms</c> each time. Default: 3.</summary>
    public int SendAttemptsMax { get; set; } = 3;

    /// <summary>The pause between two such tries. Default: 1 s.</summary>
    public TimeSpan SendBackoff { get; set; } = TimeSpan.FromSeconds(1);
}
