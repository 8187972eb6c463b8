using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Receive;

/// <summary>What a sender is told; each protocol says it in its own way.</summary>
/// <param name="Result">What became of the request.</param>
/// <param name="Message">Why, with the value and what is allowed; null where there is nothing to say.</param>
/// <param name="Rejected">Items of an accepted request that were not.</param>
/// <param name="RetryAfter">When to try again, of <see cref="ReceiveResult.Busy"/>.</param>
internal sealed record ReceiveAnswer(
    ReceiveResult Result, string? Message = null, long Rejected = 0, TimeSpan RetryAfter = default)
{
    public static ReceiveAnswer Of(IngestAnswer answer, TimeSpan retryAfter) => answer.Result switch
    {
        IngestResult.Accepted => new(ReceiveResult.Accepted, answer.Message, answer.Rejected),
        IngestResult.Full => new(ReceiveResult.Busy, answer.Message, RetryAfter: answer.RetryAfter ?? retryAfter),
        _ => new(ReceiveResult.Malformed, answer.Message),
    };
}
