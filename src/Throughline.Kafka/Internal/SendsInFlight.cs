namespace Throughline.Kafka.Internal;

/// <summary>
/// The sends that wait for their report, so that disposal can end their spans. A list through the sends themselves: no
/// object a send. Bounded by the client's own queue (<c>queue.buffering.max.messages</c>).
/// </summary>
internal sealed class SendsInFlight
{
    private readonly Lock _lock = new();
    private SendInFlight? _first;

    internal void Add(SendInFlight send)
    {
        lock (_lock)
        {
            send.Next = _first;
            _first?.Previous = send;
            _first = send;
        }
    }

    internal void Remove(SendInFlight send)
    {
        lock (_lock)
        {
            if (send.Previous is null && _first != send)
            {
                return;
            }

            send.Next?.Previous = send.Previous;
            if (send.Previous is null)
            {
                _first = send.Next;
            }
            else
            {
                send.Previous.Next = send.Next;
            }

            send.Previous = null;
            send.Next = null;
        }
    }

    /// <summary>Ends every span that is left, outcome unknown.</summary>
    internal void EndAll()
    {
        while (First() is { } send)
        {
            send.EndUnknown();
        }
    }

    private SendInFlight? First()
    {
        lock (_lock)
        {
            return _first;
        }
    }
}
