using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>What is to be kept: reads it back from the log and appends it to the store, in order, once.</summary>
internal sealed class Keeper(IngestLog log, ISpanStore store, PipelineCounts counts, PipelineHealth health)
{
    private const int BufferSizeMin = 4096;

    private readonly Queue<SpanFacts> _spans = new();
    private readonly Queue<LogFacts> _logs = new();
    private byte[] _buffer = new byte[BufferSizeMin];

    /// <summary>What waits because the store is full; a checkpoint names it.</summary>
    public IEnumerable<SpanPosition> Waiting =>
        _spans.Select(span => span.Position).Concat(_logs.Select(record => record.Position));

    public bool IsEmpty => _spans.Count == 0 && _logs.Count == 0;

    public void Add(SpanFacts span) => _spans.Enqueue(span);

    public void Add(LogFacts record) => _logs.Enqueue(record);

    /// <summary>Keeps what waits; false when the store is full and something still does.</summary>
    public bool Keep()
    {
        try
        {
            while (_spans.TryPeek(out var span))
            {
                if (Read(span.Position) is { } body)
                {
                    store.Append(span, body.Span);
                    counts.AddKept();
                }

                _spans.Dequeue();
            }

            while (_logs.TryPeek(out var record))
            {
                if (Read(record.Position) is { } body)
                {
                    store.Append(record, body.Span);
                }

                _logs.Dequeue();
            }

            health.StoreFull = null;
            return true;
        }
        catch (StoreFullException exception)
        {
            health.StoreFull = exception.Message;
            return false;
        }
    }

    private ReadOnlyMemory<byte>? Read(SpanPosition position)
    {
        if (_buffer.Length < position.Length)
        {
            _buffer = new byte[Math.Max(position.Length, 2 * _buffer.Length)];
        }

        try
        {
            log.ReadBody(position, _buffer.AsSpan(0, position.Length));
            return _buffer.AsMemory(0, position.Length);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // The disk has lost what it had acknowledged. The rest goes on; that this is gone is counted and shown.
            counts.AddLost(1);
            health.Damage = exception.Message;
            return null;
        }
    }
}
