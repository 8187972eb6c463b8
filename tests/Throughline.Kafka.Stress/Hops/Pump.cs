using System.Collections.Concurrent;

namespace Throughline.Kafka.Stress.Hops;

/// <summary>A synchronization context of one thread, as user interfaces have.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    private Pump()
    {
        new Thread(Run) { IsBackground = true, Name = "pump" }.UnsafeStart();
    }

    public static Pump Shared { get; } = new();

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach (var (callback, state) in _posted.GetConsumingEnumerable())
        {
            callback(state);
        }
    }
}
