namespace Throughline.Server.Internal.Pipeline;

/// <summary>What the pipeline has counted since the server started. Written by its parts, read by anybody.</summary>
internal sealed class PipelineCounts
{
    private long _spans;
    private long _logs;
    private long _points;
    private long _unread;
    private long _rejected;
    private long _refusedFull;
    private long _refusedMalformed;
    private long _kept;
    private long _lost;
    private long _checkpoints;

    /// <summary>Spans acknowledged.</summary>
    public long Spans => Interlocked.Read(ref _spans);

    /// <summary>Log records acknowledged.</summary>
    public long Logs => Interlocked.Read(ref _logs);

    /// <summary>Metric points acknowledged that something here reads.</summary>
    public long Points => Interlocked.Read(ref _points);

    /// <summary>Metric points acknowledged that nothing here reads, and log records of no trace.</summary>
    public long Unread => Interlocked.Read(ref _unread);

    /// <summary>Items refused within acknowledged requests.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Requests answered with "later".</summary>
    public long RefusedFull => Interlocked.Read(ref _refusedFull);

    /// <summary>Requests answered with "never".</summary>
    public long RefusedMalformed => Interlocked.Read(ref _refusedMalformed);

    /// <summary>Spans handed to the store.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>Items that a damaged disk has lost.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public long Checkpoints => Interlocked.Read(ref _checkpoints);

    public void AddSpans(long count) => Interlocked.Add(ref _spans, count);

    public void AddLogs(long count) => Interlocked.Add(ref _logs, count);

    public void AddPoints(long count) => Interlocked.Add(ref _points, count);

    public void AddUnread(long count) => Interlocked.Add(ref _unread, count);

    public void AddRejected(long count) => Interlocked.Add(ref _rejected, count);

    public void AddRefusedFull() => Interlocked.Increment(ref _refusedFull);

    public void AddRefusedMalformed() => Interlocked.Increment(ref _refusedMalformed);

    public void AddKept() => Interlocked.Increment(ref _kept);

    public void AddLost(long count) => Interlocked.Add(ref _lost, count);

    public void AddCheckpoint() => Interlocked.Increment(ref _checkpoints);
}
