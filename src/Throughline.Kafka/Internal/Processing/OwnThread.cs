using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Runs what calls Consume on a thread of its own: it blocks, and a pool thread is not for that.</summary>
internal static class OwnThread
{
    internal static Task RunAsync(Action run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static Task<T> RunAsync<T>(Func<T> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The same with nothing ambient: whoever starts a loop is not what its records, or its commits, belong to.</summary>
    internal static Task RunLoopAsync(Action run) => RunAsync(() =>
    {
        AmbientScope.Open(default);
        Activity.Current = null;
        run();
    });
}
