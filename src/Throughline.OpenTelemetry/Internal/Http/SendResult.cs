namespace Throughline.OpenTelemetry.Internal.Http;

/// <summary>What became of one request and its retries.</summary>
/// <param name="Failure">Why it was given up; null when the receiver took it.</param>
/// <param name="Body">The receiver's answer, cut at a bound; empty when it failed.</param>
internal readonly record struct SendResult(string? Failure, byte[] Body)
{
    public bool Succeeded => Failure is null;

    public static SendResult Taken(byte[] body) => new(null, body);

    public static SendResult GivenUp(string failure) => new(failure, []);
}
