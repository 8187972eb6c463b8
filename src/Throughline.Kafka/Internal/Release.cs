namespace Throughline.Kafka.Internal;

/// <summary>Lets a caller go who does not want to wait any longer for what goes on all the same.</summary>
internal static class Release
{
    internal static async Task<T> ReleaseOn<T>(this Task<T> goingOn, CancellationToken cancellationToken)
    {
        try
        {
            return await goingOn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!goingOn.IsCompleted)
        {
            // Nobody awaits it any more; a failure of it is on its span.
            _ = goingOn.ContinueWith(
                static abandoned => abandoned.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }
}
