namespace Throughline.Kafka.Hosting.Tests;

/// <summary>A scoped service that can only be disposed asynchronously, such as a database's connection.</summary>
internal sealed class ScopedUnit(Handled handled) : IAsyncDisposable
{
    private static int _lastScope;

    internal int Scope { get; } = Interlocked.Increment(ref _lastScope);

    public ValueTask DisposeAsync()
    {
        handled.EndedScopes.Enqueue(Scope);
        return ValueTask.CompletedTask;
    }
}
