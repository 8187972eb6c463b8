namespace Throughline.Kafka.Internal;

/// <summary>
/// The sends of one producer that wait for their report, so that disposal can end their spans: a list through the objects
/// that follow them, bounded by the client's own queue (<c>queue.buffering.max.messages</c>). Ended ones are kept and
/// used again, which saves each send 168 B.
/// </summary>
internal sealed class SendsInFlight<TKey, TValue>(InnerClient client)
{
    // More than this at once are made anew, and left to the garbage collector.
    private const int SparesMax = 1024;

    private readonly Lock _lock = new();
    private SendSpan<TKey, TValue>? _first;
    private SendSpan<TKey, TValue>? _spare;
    private int _spares;

    internal SendSpan<TKey, TValue> Begin(in StartedSend started)
    {
        lock (_lock)
        {
            var send = TakeSpare() ?? new(this);
            send.Follow(started);
            send.Next = _first;
            _first?.Previous = send;
            return _first = send;
        }
    }

    /// <summary>What was started, to whoever comes first to end it.</summary>
    internal bool TryEnd(SendSpan<TKey, TValue> send, out StartedSend started)
    {
        lock (_lock)
        {
            if (!send.IsInFlight)
            {
                started = default;
                return false;
            }

            started = send.Leave();
            Unlink(send);
            // A handler that is called again, late, would end somebody else's span.
            if (_spares < SparesMax && (client.ReportsOnce || !send.IsGivenAway))
            {
                Keep(send);
            }

            return true;
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

    private SendSpan<TKey, TValue>? First()
    {
        lock (_lock)
        {
            return _first;
        }
    }

    private SendSpan<TKey, TValue>? TakeSpare()
    {
        var send = _spare;
        if (send is not null)
        {
            _spare = send.Next;
            _spares--;
        }

        return send;
    }

    private void Keep(SendSpan<TKey, TValue> send)
    {
        send.Forget();
        send.Next = _spare;
        _spare = send;
        _spares++;
    }

    private void Unlink(SendSpan<TKey, TValue> send)
    {
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
