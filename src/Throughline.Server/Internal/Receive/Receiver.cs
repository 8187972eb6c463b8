using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Otlp.Json;
using Throughline.Server.Internal.Zipkin;

namespace Throughline.Server.Internal.Receive;

/// <summary>What all protocols do with a request: read it within the limits, make OTLP's protobuf of it, hand it in.</summary>
internal sealed partial class Receiver
{
    private readonly IIngest _ingest;
    private readonly InFlightBytes _inFlight;
    private readonly BodyReader _bodies;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="ingest">Where requests go.</param>
    /// <param name="options">What receiving may cost.</param>
    /// <param name="time">The time of Zipkin's spans that have none, and of what takes too long.</param>
    /// <param name="logger">Told of faults, which senders are only told to try again after.</param>
    /// <exception cref="ArgumentException">The limits do not go together.</exception>
    public Receiver(IIngest ingest, ReceiveOptions options, TimeProvider time, ILogger logger)
    {
        const int CopiesMax = 3;
        if (options.InFlightMax < CopiesMax * (long)options.RequestSizeMax)
        {
            throw new ArgumentException(
                $"{nameof(options.InFlightMax)} is {options.InFlightMax:N0} and has to be {CopiesMax} times "
                + $"{nameof(options.RequestSizeMax)}, {options.RequestSizeMax:N0}, at least", nameof(options));
        }

        _ingest = ingest;
        Options = options;
        _time = time;
        _logger = logger;
        _inFlight = new InFlightBytes(options.InFlightMax);
        _bodies = new BodyReader(options, _inFlight);
    }

    public ReceiveOptions Options { get; }

    /// <summary>How many requests came to what end.</summary>
    public ReceiveCounts Counts { get; } = new();

    /// <summary>Bytes of requests that are in memory right now.</summary>
    public long InFlight => _inFlight.Taken;

    /// <summary>Takes one request.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="form">In which form.</param>
    /// <param name="compression">By HTTP's name for it; null for none.</param>
    /// <param name="body">Its bytes as they come from the wire.</param>
    /// <param name="length">How many of those there are, where the sender said so.</param>
    /// <param name="aborted">The sender is gone.</param>
    /// <exception cref="OperationCanceledException">The sender is gone.</exception>
    public async ValueTask<ReceiveAnswer> TakeAsync(
        SignalKind kind, PayloadForm form, string? compression, Stream body, long? length, CancellationToken aborted)
    {
        if (!BodyCompression.TryOpen(compression, body, out var opened))
        {
            return Count(kind, form, new ReceiveAnswer(
                ReceiveResult.Unsupported, $"the compression \"{compression}\" is not known; allowed are {BodyCompression.Allowed}"));
        }

        // What was told of the length is of the bytes on the wire.
        var told = ReferenceEquals(opened, body) ? length : null;
        await using (opened.ConfigureAwait(false))
        {
            var (received, refusal) = await ReadAsync(opened, told, aborted).ConfigureAwait(false);
            using (received)
            {
                return received is null
                    ? Count(kind, form, refusal!)
                    : Count(kind, form, await HandInAsync(kind, form, received, aborted).ConfigureAwait(false), received.Length);
            }
        }
    }

    private async ValueTask<(ReceivedBody?, ReceiveAnswer?)> ReadAsync(Stream body, long? told, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(Options.BodyTimeMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, late.Token);
        try
        {
            return await _bodies.ReadAsync(body, told, either.Token).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return (null, new ReceiveAnswer(ReceiveResult.Malformed, $"the body cannot be read: {e.Message}"));
        }
        catch (BadHttpRequestException e)
        {
            return (null, new ReceiveAnswer(OfKestrel(e), $"the body cannot be read: {e.Message}"));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return (null, new ReceiveAnswer(
                ReceiveResult.TimedOut, $"the body did not come within {Options.BodyTimeMax.TotalSeconds:N0} s"));
        }
    }

    private async ValueTask<ReceiveAnswer> HandInAsync(
        SignalKind kind, PayloadForm form, ReceivedBody body, CancellationToken aborted)
    {
        if (form == PayloadForm.Protobuf)
        {
            return await HandInAsync(kind, body.Bytes, aborted).ConfigureAwait(false);
        }

        // The protobuf of a JSON is smaller than it, and written beside it.
        if (!body.TryTake(body.Length))
        {
            return _bodies.Busy();
        }

        try
        {
            using var protobuf = Convert(kind, form, body.Bytes.Span);
            return await HandInAsync(kind, protobuf.Written, aborted).ConfigureAwait(false);
        }
        catch (MalformedOtlpException e)
        {
            return new ReceiveAnswer(ReceiveResult.Malformed, e.Message);
        }
    }

    private async ValueTask<ReceiveAnswer> HandInAsync(SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken aborted)
    {
        // An empty request is a success, and nothing to keep.
        if (payload.IsEmpty)
        {
            return new ReceiveAnswer(ReceiveResult.Accepted);
        }

        try
        {
            var answer = await _ingest.TakeAsync(kind, payload, aborted).ConfigureAwait(false);
            return ReceiveAnswer.Of(answer, Options.RetryAfter);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of this server is no reason for a sender to throw its spans away.
            LogFault(_logger, kind, payload.Length, e);
            return new ReceiveAnswer(ReceiveResult.Busy, "the server has failed at this request", RetryAfter: Options.RetryAfter);
        }
    }

    [LoggerMessage(LogLevel.Error, "A request of {kind}, {length} bytes, was not taken: its sender is asked to try again.")]
    private static partial void LogFault(ILogger logger, SignalKind kind, int length, Exception exception);

    private ProtoWriter Convert(SignalKind kind, PayloadForm form, ReadOnlySpan<byte> json) => form switch
    {
        PayloadForm.Json => OtlpJsonReader.Read(kind, json),
        PayloadForm.Zipkin => ZipkinReader.Read(json, _time.GetUtcNow()),
        _ => throw new UnreachableException(),
    };

    // Its limits of a body's bytes on the wire and of their rate stand behind ours.
    private static ReceiveResult OfKestrel(BadHttpRequestException e) => e.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ReceiveResult.TooLarge,
        StatusCodes.Status408RequestTimeout => ReceiveResult.TimedOut,
        _ => ReceiveResult.Malformed,
    };

    private ReceiveAnswer Count(SignalKind kind, PayloadForm form, ReceiveAnswer answer, long bytes = 0)
    {
        Counts.Add(kind, form, answer.Result, bytes);
        return answer;
    }
}
