namespace Throughline.Kafka;

/// <summary>
/// Which of a record's content is told on its spans: its size, and nothing else unless asked for. Read once, when the
/// client is built or wrapped.
/// </summary>
/// <remarks>
/// In globs <c>*</c> stands for any characters and <c>?</c> for one. What tells compares exactly, as Kafka does; what hides
/// (<see cref="HeadersExcluded"/>, <see cref="HeadersRedacted"/>) ignores case.
/// </remarks>
public sealed class CaptureOptions
{
    /// <summary>
    /// Tells <c>messaging.message.body.size</c>, in bytes, where it is known without serialising the value again: for
    /// bytes, for text (taken for UTF-8) and for numbers. On by default.
    /// </summary>
    public bool Sizes { get; set; } = true;

    /// <summary>Tells keys as <c>messaging.kafka.message.key</c>, where they have a canonical text form. Off by default.</summary>
    public bool Keys { get; set; }

    /// <summary>Globs of headers to tell as <c>messaging.header.{name}</c>, a list of texts. None by default.</summary>
    public IList<string> HeadersIncluded { get; } = [];

    /// <summary>Globs of headers that are not told although they are included. None by default.</summary>
    public IList<string> HeadersExcluded { get; } = [];

    /// <summary>
    /// Globs of headers of which <c>[redacted]</c> is told in the place of the value. By default those whose names speak
    /// of credentials.
    /// </summary>
    public IList<string> HeadersRedacted { get; } =
        ["*authorization*", "*cookie*", "*credential*", "*password*", "*secret*", "*token*", "*api?key*", "*apikey*"];

    /// <summary>Bytes of UTF-8 that are told of a key or a header at most; cut ones end in an ellipsis. Default: 1,024; allowed: 16 to 32,768.</summary>
    public int ValueBytesMax { get; set; } = 1024;

    /// <summary>
    /// Globs of topics of whose records the payload is told, as <c>throughline.record.payload</c>, where the span is
    /// sampled and the value is text, or bytes that are text. None by default.
    /// </summary>
    public IList<string> PayloadTopics { get; } = [];

    /// <summary>Bytes of UTF-8 that are told of a payload at most; cut ones end in an ellipsis. Default: 1,024; allowed: 16 to 32,768.</summary>
    public int PayloadBytesMax { get; set; } = 1024;

    /// <summary>Patterns that are replaced in what is told of keys, headers and payloads, in this order. None by default.</summary>
    public IList<RedactionRule> Redactions { get; } = [];

    /// <summary>
    /// How long one pattern may search one value; beyond it nothing is told of the value, and after the third time within
    /// a minute of any value that the rule is for. Default: 50 ms; allowed: more than zero, up to ten seconds.
    /// </summary>
    public TimeSpan RedactionTimeMax { get; set; } = TimeSpan.FromMilliseconds(50);
}
