using System.Text;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// What spans are looked up by, hashed: an attribute's key and value, a trace, a record, the target of a link. All lie in
/// one index. Fields with names of their own are indexed under the current conventions' attribute for them, so that a span
/// that has this attribute costs no second entry.
/// </summary>
internal static class Term
{
    /// <summary>Spans of which not all attributes are in the index: candidates of every search.</summary>
    public const ulong Partial = 0x5041525449414C00;

    /// <summary>Set in terms of ids (traces, links, records, log records of a trace), which have a filter of their own.</summary>
    public const ulong IdBit = 1;

    private const ulong AttributeSeed = 1;
    private const ulong TraceSeed = 2;
    private const ulong LinkSeed = 3;
    private const ulong LogSeed = 4;
    private const ulong RecordSeed = 5;
    private const long PartitionOffset = -2;
    private const int StackBytesMax = 512;

    public static ulong Key(ReadOnlySpan<byte> utf8) => TermHash.Of(AttributeSeed, utf8);

    /// <param name="key">Of <see cref="Key"/>.</param>
    /// <param name="value">UTF-8.</param>
    public static ulong Attribute(ulong key, ReadOnlySpan<byte> value) => TermHash.Of(key, value) & ~IdBit;

    public static ulong Attribute(ulong key, string value)
    {
        var max = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> buffer = max <= StackBytesMax ? stackalloc byte[StackBytesMax] : new byte[max];
        return Attribute(key, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
    }

    public static ulong Trace(TraceId id) => TermHash.Of(TraceSeed, id.High, id.Low) | IdBit;

    /// <summary>Of spans that link to a span of this trace.</summary>
    public static ulong LinkTo(TraceId id) => TermHash.Of(LinkSeed, id.High, id.Low) | IdBit;

    /// <summary>Of log records of this trace.</summary>
    public static ulong LogOf(TraceId id) => TermHash.Of(LogSeed, id.High, id.Low) | IdBit;

    /// <summary>Of a topic's partition: what <see cref="OffsetSpread"/>s are told apart by.</summary>
    public static ulong Partition(string topic, int partition) => Record(topic, partition, PartitionOffset);

    public static ulong Record(string topic, int partition, long offset) =>
        TermHash.Of(Attribute(RecordSeed, topic), (ulong)partition, (ulong)offset) | IdBit;
}
