namespace Throughline.Server.Internal.Receive;

/// <summary>What receiving may cost.</summary>
internal sealed class ReceiveOptions
{
    /// <summary>Bytes of one request after decompression; a larger one is refused for good.</summary>
    public int RequestSizeMax { get; init; } = 64 << 20;

    /// <summary>
    /// Bytes of all requests that are being received and written to the log; over it a request is refused for now. At least
    /// three times <see cref="RequestSizeMax"/>, so that the largest request can be taken at all.
    /// </summary>
    public long InFlightMax { get; init; } = 256L << 20;

    /// <summary>How long one request's body may take to come.</summary>
    public TimeSpan BodyTimeMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When a sender is asked to try again, unless who refused knows better.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
