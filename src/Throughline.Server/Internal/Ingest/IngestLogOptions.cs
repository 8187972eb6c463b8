namespace Throughline.Server.Internal.Ingest;

/// <summary>Bounds of the ingest log.</summary>
internal sealed record IngestLogOptions
{
    /// <summary>Bytes after which a new segment is begun.</summary>
    public long SegmentSizeMax { get; init; } = 64L << 20;

    /// <summary>Bytes of all segments; over it requests are refused until the store has caught up.</summary>
    public long SizeMax { get; init; } = 4L << 30;

    /// <summary>Bytes that one fsync acknowledges at most.</summary>
    public int GroupSizeMax { get; init; } = 8 << 20;

    /// <summary>Requests that wait for the disk at most.</summary>
    public int WaitingMax { get; init; } = 1024;
}
