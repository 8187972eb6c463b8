namespace Throughline.Server.Internal.Receive;

/// <summary>
/// Reads a body to its end into memory, as it comes: what a sender says of its length is believed only so far as its bytes
/// have arrived, and the limit counts what comes out of decompression.
/// </summary>
internal sealed class BodyReader(ReceiveOptions options, InFlightBytes inFlight)
{
    private const int FirstSize = 64 * 1024;

    /// <summary>A length that is told is believed up to here.</summary>
    private const int BelievedMax = 1024 * 1024;

    /// <summary>Reads all of a stream.</summary>
    /// <param name="stream">The body, decompressing where it is compressed.</param>
    /// <param name="told">Its length where the sender told one, of the bytes that come out of the stream.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body, which the caller disposes of, or why there is none.</returns>
    public async ValueTask<(ReceivedBody? Body, ReceiveAnswer? Refusal)> ReadAsync(
        Stream stream, long? told, CancellationToken cancellationToken)
    {
        if (told > options.RequestSizeMax)
        {
            return (null, TooLarge($"{told:N0} bytes"));
        }

        var body = new ReceivedBody(inFlight);
        try
        {
            var refusal = await FillAsync(body, stream, told, cancellationToken).ConfigureAwait(false);
            if (refusal is null)
            {
                return (body, null);
            }

            body.Dispose();
            return (null, refusal);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async ValueTask<ReceiveAnswer?> FillAsync(
        ReceivedBody body, Stream stream, long? told, CancellationToken cancellationToken)
    {
        var size = (int)Math.Clamp(told ?? FirstSize, 1, Math.Min(BelievedMax, options.RequestSizeMax));
        while (true)
        {
            if (body.Length == options.RequestSizeMax)
            {
                return await EndsAsync(stream, cancellationToken).ConfigureAwait(false)
                    ? null : TooLarge($"more than {body.Length:N0} bytes after decompression");
            }

            if (body.Room.IsEmpty && !body.TryGrow(size))
            {
                return Busy();
            }

            var room = body.Room[..Math.Min(body.Room.Length, options.RequestSizeMax - body.Length)];
            var read = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            body.Add(read);
            size = (int)Math.Min(2L * body.Length, options.RequestSizeMax);
        }
    }

    // One byte more would be one too many.
    private static async ValueTask<bool> EndsAsync(Stream stream, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        return await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0;
    }

    /// <summary>Too much is in memory: that passes.</summary>
    public ReceiveAnswer Busy() => new(
        ReceiveResult.Busy,
        $"{inFlight.Taken:N0} bytes of requests are being received, and {inFlight.Max:N0} may be; try again",
        RetryAfter: options.RetryAfter);

    private ReceiveAnswer TooLarge(string size) => new(
        ReceiveResult.TooLarge, $"the request has {size}, and {options.RequestSizeMax:N0} are allowed; send smaller batches");
}
