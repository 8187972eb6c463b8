using System.Collections.Concurrent;
using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>What the pipeline's thread waits for: requests that are on disk, in their order, and questions of other threads.</summary>
internal sealed class PipelineQueue : IDisposable
{
    private readonly ConcurrentQueue<DurableRequest> _requests = new();
    private readonly ConcurrentQueue<Action> _questions = new();
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _isClosed;

    /// <summary>Nothing more will come: the thread ends once it has taken what is there.</summary>
    public bool IsClosed => _isClosed;

    public bool IsEmpty => _requests.IsEmpty && _questions.IsEmpty;

    /// <summary>The log's callback. Bounded by the <see cref="Backlog"/>.</summary>
    public void Add(WaitingEntry entry, long position)
    {
        _requests.Enqueue(
            new DurableRequest(position, position + entry.Size, entry.Payload.Length, (DecodedRequest)entry.Items));
        _wake.Set();
    }

    /// <summary>Lets the pipeline's thread do something between two steps.</summary>
    public void Ask(Action question)
    {
        _questions.Enqueue(question);
        _wake.Set();
    }

    public void Close()
    {
        _isClosed = true;
        _wake.Set();
    }

    public DurableRequest? TakeRequest() => _requests.TryDequeue(out var request) ? request : null;

    public Action? TakeQuestion() => _questions.TryDequeue(out var question) ? question : null;

    public void Wait(TimeSpan atMost) => _wake.WaitOne(atMost);

    public void Dispose() => _wake.Dispose();
}
