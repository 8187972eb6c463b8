namespace Throughline.Kafka;

/// <summary>
/// A record could neither be processed nor sent on. It is not committed: it comes again, after this one is dealt with. The
/// inner exception says why it could not be sent.
/// </summary>
public sealed class ForwardException : Exception
{
    internal ForwardException(string message, Exception failure, Exception? sendFailure)
        : base(message, sendFailure)
    {
        Failure = failure;
    }

    /// <summary>Why the record could not be processed.</summary>
    public Exception Failure { get; }
}
