using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>
/// Rows of a block that is not on disk yet. One thread adds, any number reads: rows below <see cref="Count"/> never change,
/// and arrays that were outgrown stay as they were for whoever still reads them.
/// </summary>
internal sealed class BlockRows(BlockKind kind)
{
    private const int RowsAtFirst = 64;
    private const int BytesAtFirst = 32 * 1024;

    private SpanFacts[] _spans = kind == BlockKind.Spans ? new SpanFacts[RowsAtFirst] : [];
    private LogFacts[] _logs = kind == BlockKind.Logs ? new LogFacts[RowsAtFirst] : [];
    private int[] _ends = new int[RowsAtFirst];
    private byte[] _bytes = new byte[BytesAtFirst];
    private int _count;

    public BlockKind Kind => kind;

    public int Count => Volatile.Read(ref _count);

    public int Bytes => _count == 0 ? 0 : _ends[_count - 1];

    public void Add(SpanFacts span, ReadOnlySpan<byte> body)
    {
        if (_count == _spans.Length)
        {
            Array.Resize(ref _spans, 2 * _count);
        }

        _spans[_count] = span;
        Add(body);
    }

    public void Add(LogFacts log, ReadOnlySpan<byte> body)
    {
        if (_count == _logs.Length)
        {
            Array.Resize(ref _logs, 2 * _count);
        }

        _logs[_count] = log;
        Add(body);
    }

    public SpanFacts Span(int row) => _spans[row];

    public LogFacts Log(int row) => _logs[row];

    public SpanSource Source(int row) => kind == BlockKind.Spans ? _spans[row].Source : _logs[row].Source;

    public SpanPosition Position(int row) => kind == BlockKind.Spans ? _spans[row].Position : _logs[row].Position;

    public ReadOnlyMemory<byte> Body(int row)
    {
        var start = row == 0 ? 0 : _ends[row - 1];
        return _bytes.AsMemory(start, _ends[row] - start);
    }

    private void Add(ReadOnlySpan<byte> body)
    {
        var start = Bytes;
        var end = checked(start + body.Length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _bytes.Length)));
        }

        if (_count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _count);
        }

        body.CopyTo(_bytes.AsSpan(start));
        _ends[_count] = end;
        Volatile.Write(ref _count, _count + 1);
    }
}
