namespace Throughline.Dashboard.Internal.Demo;

/// <summary>Runs of the demo's orders that readers started: one at a time.</summary>
/// <param name="run">Sends the orders; null where that is not offered.</param>
internal sealed class DemoRuns(Func<CancellationToken, Task>? run)
{
    private int _running;
    private volatile string? _failure;

    public bool IsOffered => run is not null;

    public bool IsRunning => Volatile.Read(ref _running) != 0;

    /// <summary>Why the last one ended early; null where it did not.</summary>
    public string? Failure => _failure;

    /// <summary>Starts one, unless one runs.</summary>
    /// <param name="stopping">Ends it.</param>
    public bool TryStart(CancellationToken stopping)
    {
        if (run is null || Interlocked.Exchange(ref _running, 1) != 0)
        {
            return false;
        }

        _failure = null;

        // Orders are no part of the request of the button: its trace, which nobody records, would be theirs.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(run, stopping), CancellationToken.None);
        }

        return true;
    }

    private async Task RunAsync(Func<CancellationToken, Task> orders, CancellationToken stopping)
    {
        try
        {
            await orders(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops: nobody looks any more.
        }
#pragma warning disable CA1031 // Whatever it is: the page says so, and the server goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e.Message;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
