namespace Throughline.Kafka.Stress.Hops;

/// <summary>Ways to another thread: what awaits these goes on there.</summary>
internal static class Threads
{
    public static Task DedicatedAsync()
    {
        var there = new TaskCompletionSource();
        new Thread(there.SetResult) { IsBackground = true }.Start();
        return there.Task;
    }

    public static async Task TimerAsync()
    {
        var there = new TaskCompletionSource();
        await using var timer = new Timer(_ => there.TrySetResult(), null, 0, Timeout.Infinite);
        await there.Task;
    }
}
