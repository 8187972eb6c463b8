using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// The door that every receiver knocks at: reads a request once, has it written to the log, and answers when it is on disk.
/// </summary>
internal sealed class Intake(OtlpDecoder decoder, IngestLog log, Backlog backlog, PipelineCounts counts, PipelineHealth health) : IIngest
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask<IngestAnswer> TakeAsync(
        SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        // 1. Read it: what cannot be read is refused before it costs a write.
        DecodedRequest request;
        try
        {
            request = DecodedRequest.Decode(decoder, kind, payload);
        }
        catch (MalformedOtlpException exception)
        {
            counts.AddRefusedMalformed();
            return new IngestAnswer(IngestResult.Malformed, Message: exception.Message);
        }

        // 2. Nothing to keep is nothing to write.
        if (request.Count == 0)
        {
            counts.AddRejected(request.Rejected);
            counts.AddUnread(request.Unread);
            return Accepted(request);
        }

        // 3. Nobody would take it.
        if (health.Fault is { } fault)
        {
            return Full(fault);
        }

        // 4. Bounded: what the pipeline has not taken is in memory.
        if (!backlog.TryEnter(payload.Length))
        {
            return Full($"{backlog.Bytes:N0} bytes wait to be processed; {backlog.Max:N0} may.");
        }

        var entry = new WaitingEntry(kind, payload, request);
        if (!log.TryAppend(entry))
        {
            backlog.Leave(payload.Length);
            health.LogFailed = log.Failure?.Message;
            return Full(health.LogFailed ?? $"The ingest log is full or closing: it holds {log.Size:N0} bytes.");
        }

        // 5. On disk, then acknowledged. The wait is not given up: the payload is the log's until it is written.
        try
        {
            await entry.Written.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            backlog.Leave(payload.Length);
            return Full($"The ingest log could not be written: {exception.Message}");
        }

        counts.AddRejected(request.Rejected);
        counts.AddUnread(request.Unread);
        return Accepted(request);
    }

    private static IngestAnswer Accepted(DecodedRequest request) =>
        request.Rejected == 0 ? IngestAnswer.Ok : new IngestAnswer(IngestResult.Accepted, request.Rejected, request.Why);

    private IngestAnswer Full(string message)
    {
        counts.AddRefusedFull();
        return new IngestAnswer(IngestResult.Full, Message: message, RetryAfter: RetryAfter);
    }
}
