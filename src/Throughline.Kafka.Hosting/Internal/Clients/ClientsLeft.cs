using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>
/// The clients that the host has to end: those it made, and those that were made while it runs and that nobody disposed.
/// Held weakly, so that what was disposed and forgotten elsewhere is forgotten here.
/// </summary>
internal sealed class ClientsLeft : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(WeakReference<IDisposable> Client, Action<IDisposable> End, Func<IDisposable, Task>? Flush)> _all = [];

    internal void Add<TKey, TValue>(TracingProducer<TKey, TValue> producer, TimeSpan flushTimeout, ILogger logger)
    {
        // What could not be delivered once is not waited for again.
        var hasGivenUp = false;
        Add(producer, static client => client.Dispose(), client => hasGivenUp
            ? Task.CompletedTask
            : Task.Run(() => hasGivenUp = !TryFlush((TracingProducer<TKey, TValue>)client, flushTimeout, logger)));
    }

    internal void Add<TKey, TValue>(TracingConsumer<TKey, TValue> consumer, ILogger logger) => Add(
        consumer, client => ConsumerEnd.CloseAndDispose((TracingConsumer<TKey, TValue>)client, logger), null);

    /// <summary>Waits until what producers have taken is delivered, all at a time; what is not, in time, is logged.</summary>
    internal Task FlushAsync() => Task.WhenAll(Alive().Select(each => each.Flush?.Invoke(each.Client) ?? Task.CompletedTask));

    public void Dispose()
    {
        foreach (var (client, end, _) in Alive())
        {
            end(client);
        }
    }

    private void Add(IDisposable client, Action<IDisposable> end, Func<IDisposable, Task>? flush)
    {
        lock (_lock)
        {
            _all.RemoveAll(static each => !each.Client.TryGetTarget(out _));
            _all.Add((new(client), end, flush));
        }
    }

    private List<(IDisposable Client, Action<IDisposable> End, Func<IDisposable, Task>? Flush)> Alive()
    {
        lock (_lock)
        {
            List<(IDisposable, Action<IDisposable>, Func<IDisposable, Task>?)> alive = [];
            foreach (var (reference, end, flush) in _all)
            {
                if (reference.TryGetTarget(out var client))
                {
                    alive.Add((client, end, flush));
                }
            }

            return alive;
        }
    }

    private static bool TryFlush<TKey, TValue>(TracingProducer<TKey, TValue> producer, TimeSpan timeout, ILogger logger)
    {
        try
        {
            if (producer.Flush(timeout) is > 0 and var left)
            {
                HostingLog.NotDelivered(logger, left, timeout);
                return false;
            }
        }
        catch (ObjectDisposedException)
        {
            // Its owner did it.
        }
        catch (KafkaException exception)
        {
            HostingLog.ClientError(logger, exception.Error.Code, exception.Error.Reason);
        }

        return true;
    }
}
