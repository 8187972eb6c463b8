using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// After a stop or a crash: puts the pipeline back to where its last checkpoint was, and takes what the log has since then.
/// </summary>
internal static class Recovery
{
    /// <param name="parts">The pipeline's.</param>
    /// <param name="take">Takes a request as if it had just become durable.</param>
    public static void Run(PipelineParts parts, Action<DurableRequest> take)
    {
        var checkpoint = parts.LoadedCheckpoint;

        // 1. What was analysed, and not durable in the store: kept again, not analysed again.
        foreach (var (span, record) in Items(parts, checkpoint.Undelivered))
        {
            if (span is not null)
            {
                parts.Keeper.Add(span);
            }

            if (record is not null)
            {
                parts.Keeper.Add(record);
            }
        }

        Keep(parts);

        // 2. What was not settled, and what waited though it was; with all in the store that was settled before.
        Restore(parts, checkpoint.Live, UnsettledAs.Live);
        Restore(parts, checkpoint.Waiting, UnsettledAs.Waiting);

        // 3. What came after the checkpoint, as if it came now.
        foreach (var entry in parts.Log.From(checkpoint.Position, damage => Damaged(parts, damage)))
        {
            if (entry.Position >= parts.ReplayEnd)
            {
                break;
            }

            if (Decode(parts, entry) is { } request)
            {
                take(new DurableRequest(entry.Position, entry.End, 0, request));
            }
        }
    }

    /// <summary>Keeps what waits; where the store is full, when there is space again.</summary>
    /// <exception cref="OperationCanceledException">The server was stopped while it waited.</exception>
    public static void Keep(PipelineParts parts)
    {
        while (!parts.Keeper.Keep())
        {
            if (parts.Queue.IsClosed)
            {
                throw new OperationCanceledException();
            }

            parts.Store.Retain(parts.Time.GetUtcNow());
            parts.Queue.Wait(parts.Options.RetryEvery);
        }
    }

    private static void Restore(PipelineParts parts, IReadOnlyList<SpanPosition> positions, UnsettledAs state)
    {
        foreach (var (span, _) in Items(parts, positions))
        {
            if (span is not null)
            {
                parts.Assembler.Restore(span, state);
            }
        }
    }

    private static IEnumerable<(SpanFacts? Span, LogFacts? Record)> Items(
        PipelineParts parts, IReadOnlyList<SpanPosition> positions)
    {
        foreach (var entry in positions.GroupBy(position => position.Entry))
        {
            if (Read(parts, entry.Key) is not { } request)
            {
                parts.Counts.AddLost(entry.Count());
                continue;
            }

            var wanted = entry.Select(position => position.Start).ToHashSet();
            foreach (var span in request.Spans.Where(span => wanted.Contains(span.Position.Start)))
            {
                yield return (span, null);
            }

            foreach (var record in request.Logs.Where(record => wanted.Contains(record.Position.Start)))
            {
                yield return (null, record);
            }
        }
    }

    private static DecodedRequest? Read(PipelineParts parts, long position)
    {
        if (parts.Log.Read(position) is { } entry)
        {
            var request = Decode(parts, entry);
            request?.Place(position);
            return request;
        }

        Damaged(parts, $"The ingest log has no whole entry at {position}.");
        return null;
    }

    private static DecodedRequest? Decode(PipelineParts parts, LogEntry entry)
    {
        try
        {
            return DecodedRequest.Decode(parts.Decoder, entry.Kind, entry.Payload);
        }
        catch (MalformedOtlpException exception)
        {
            // It could be read when it was received: the server that wrote it was a later one.
            Damaged(parts, $"The entry at {entry.Position} cannot be read: {exception.Message}");
            return null;
        }
    }

    private static void Damaged(PipelineParts parts, string damage) => parts.Health.Damage = damage;
}
