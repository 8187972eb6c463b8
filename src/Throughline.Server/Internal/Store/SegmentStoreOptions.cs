namespace Throughline.Server.Internal.Store;

/// <summary>How <see cref="SegmentStore"/> keeps spans.</summary>
internal sealed record SegmentStoreOptions
{
    /// <summary>The store's own folder; made if it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>Segments whose last span arrived longer ago are dropped.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bytes on disk; over it, the oldest segments are dropped.</summary>
    public long BytesMax { get; init; } = 50L * 1024 * 1024 * 1024;

    /// <summary>A segment is sealed after this time.</summary>
    public TimeSpan SegmentAgeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A segment is sealed with this many spans: its index is in memory until then, some 200 bytes a span.</summary>
    public int SegmentRowsMax { get; init; } = 250_000;

    /// <summary>A segment is sealed with this many bytes.</summary>
    public long SegmentBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>Spans that are compressed together.</summary>
    public int BlockRowsMax { get; init; } = 128;

    /// <summary>Bytes of spans that are compressed together; a larger span is a block of its own. Unpacked, a block then is
    /// no large object to the garbage collector.</summary>
    public int BlockBytesMax { get; init; } = 80 * 1024;

    /// <summary>Closed blocks that wait for being indexed, compressed and written; with more, appending waits. A search has to
    /// look at each of their spans.</summary>
    public int BlocksWaitingMax { get; init; } = 16;

    /// <summary>Brotli's quality, 0 to 11: what was measured is in bench/results.</summary>
    public int Quality { get; init; } = 2;

    /// <summary>Bytes of unpacked blocks that are kept for the next reader.</summary>
    public long CacheBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes of the filters of attributes, some 7 a span; older segments' are not in memory.</summary>
    public long TermFilterBytesMax { get; init; } = 128L * 1024 * 1024;

    /// <summary>Index files that are kept open.</summary>
    public int OpenIndexesMax { get; init; } = 512;

    /// <exception cref="ArgumentException">A setting makes no sense: the message names it and what is allowed.</exception>
    public void Validate()
    {
        Require(AgeMax > TimeSpan.Zero, nameof(AgeMax), AgeMax, "more than no time");
        Require(SegmentAgeMax > TimeSpan.Zero, nameof(SegmentAgeMax), SegmentAgeMax, "more than no time");
        Require(SegmentRowsMax is > 0 and <= 16_000_000, nameof(SegmentRowsMax), SegmentRowsMax, "1 to 16,000,000");
        Require(BlockRowsMax is > 0 and <= ushort.MaxValue, nameof(BlockRowsMax), BlockRowsMax, "1 to 65,535");
        Require(BlockBytesMax is > 0 and <= 64 * 1024 * 1024, nameof(BlockBytesMax), BlockBytesMax, "1 byte to 64 MiB");
        Require(BlocksWaitingMax > 0, nameof(BlocksWaitingMax), BlocksWaitingMax, "1 or more");
        Require(Quality is >= 0 and <= 11, nameof(Quality), Quality, "0 to 11");
        Require(OpenIndexesMax > 0, nameof(OpenIndexesMax), OpenIndexesMax, "1 or more");
        Require(CacheBytesMax >= 0, nameof(CacheBytesMax), CacheBytesMax, "0 or more");
        Require(TermFilterBytesMax >= 0, nameof(TermFilterBytesMax), TermFilterBytesMax, "0 or more");
        Require(SegmentBytesMax > 0, nameof(SegmentBytesMax), SegmentBytesMax, "1 or more");
        Require(BytesMax > 0, nameof(BytesMax), BytesMax, "1 or more");
    }

    private static void Require(bool isFulfilled, string setting, object value, string allowed)
    {
        if (!isFulfilled)
        {
            throw new ArgumentException($"{setting} is {value}, and may be {allowed}.", setting);
        }
    }
}
