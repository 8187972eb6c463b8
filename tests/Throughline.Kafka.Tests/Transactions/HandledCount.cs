using System.Diagnostics;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>How many records a loop has handled, and how many of its handlers were made to fail.</summary>
internal sealed class HandledCount
{
    private volatile TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _handled;
    private volatile int _failures;

    internal int Failures => _failures;

    /// <summary>Waits until they have handled that many together, or the end.</summary>
    internal static async Task WaitForAsync(int count, CancellationToken end, params HandledCount[] loops)
    {
        while (!end.IsCancellationRequested)
        {
            var more = Task.WhenAny(loops.Select(loop => loop._added.Task));
            if (loops.Sum(loop => loop._handled) >= count)
            {
                return;
            }

            await more.WaitAsync(end).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    internal async Task WaitForAsync(int count, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await WaitForAsync(count, limit.Token, this);
        Assert.True(_handled >= count, $"{_handled} of {count} records were handled within {patience.TotalSeconds} s.");
    }

    internal void Add()
    {
        _handled++;
        Interlocked.Exchange(ref _added, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    [StackTraceHidden]
    internal void FailIf(bool isDue)
    {
        if (isDue)
        {
            _failures++;
            throw new InvalidOperationException("injected");
        }
    }
}
