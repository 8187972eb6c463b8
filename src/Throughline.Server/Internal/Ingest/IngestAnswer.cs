namespace Throughline.Server.Internal.Ingest;

/// <summary>What the sender of a request is told.</summary>
/// <param name="Result">Taken or not.</param>
/// <param name="Rejected">Items of an accepted request that were refused (ids of zeros, say): OTLP's partial success.</param>
/// <param name="Message">Why, naming the thing, its value and what is allowed; null when there is nothing to say.</param>
/// <param name="RetryAfter">When to try again, of <see cref="IngestResult.Full"/>.</param>
internal sealed record IngestAnswer(IngestResult Result, long Rejected = 0, string? Message = null, TimeSpan? RetryAfter = null)
{
    public static IngestAnswer Ok { get; } = new(IngestResult.Accepted);
}
