namespace Throughline.Kafka.Internal.Processing;

/// <summary>Tells a handler that gave up, as it was told to, from one that failed.</summary>
internal static class GivingUp
{
    /// <param name="exception">What came out of the handler.</param>
    /// <param name="stop">The loop's own token, which a handler may use in the place of the one it is given.</param>
    /// <param name="giveUp">The token that it is given.</param>
    internal static bool Is(Exception exception, CancellationToken stop, CancellationToken giveUp) =>
        exception is OperationCanceledException && (stop.IsCancellationRequested || giveUp.IsCancellationRequested);
}
