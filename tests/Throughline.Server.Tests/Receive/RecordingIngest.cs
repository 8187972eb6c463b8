using System.Threading.Channels;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Tests.Receive;

/// <summary>Keeps every request that is handed in, reads it as the real one does, and answers as the test says.</summary>
internal sealed class RecordingIngest : IIngest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<(SignalKind Kind, byte[] Payload)> _requests =
        Channel.CreateUnbounded<(SignalKind, byte[])>();

    private readonly OtlpDecoder _decoder = new();

    /// <summary>What the next requests are answered, instead of what the decoder finds.</summary>
    public Queue<IngestAnswer> Answers { get; } = new();

    /// <summary>Requests wait for this before they are answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Thrown at the next request.</summary>
    public Exception? Fault { get; set; }

    public async ValueTask<IngestAnswer> TakeAsync(
        SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await Gate;
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }

        if (Answers.TryDequeue(out var answer))
        {
            return answer;
        }

        try
        {
            answer = Read(kind, payload.Span);
        }
        catch (MalformedOtlpException e)
        {
            return new IngestAnswer(IngestResult.Malformed, Message: e.Message);
        }

        await _requests.Writer.WriteAsync((kind, payload.ToArray()), cancellationToken);
        return answer;
    }

    /// <summary>The next request that was handed in.</summary>
    public async Task<(SignalKind Kind, byte[] Payload)> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return await _requests.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The spans of the next request, which has to be one of traces.</summary>
    public async Task<DecodedTraces> NextSpansAsync()
    {
        var (kind, payload) = await NextAsync();
        Assert.Equal(SignalKind.Traces, kind);
        return _decoder.Traces(payload);
    }

    private IngestAnswer Read(SignalKind kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case SignalKind.Traces:
                var traces = _decoder.Traces(payload);
                return new IngestAnswer(IngestResult.Accepted, traces.Rejected, traces.RejectedWhy);
            case SignalKind.Logs:
                _decoder.Logs(payload);
                return IngestAnswer.Ok;
            default:
                _decoder.Metrics(payload);
                return IngestAnswer.Ok;
        }
    }
}
