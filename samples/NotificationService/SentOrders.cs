namespace NotificationService;

/// <summary>The ids of the orders notified last. Repeats come soon after a restart, so that a bounded memory does.</summary>
internal sealed class SentOrders
{
    private const int CountMax = 100_000;

    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<Guid> _oldestFirst = [];

    public SentOrders(IEnumerable<Guid> known)
    {
        foreach (var id in known)
        {
            Add(id);
        }
    }

    public bool Contains(Guid id) => _ids.Contains(id);

    public void Add(Guid id)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        _oldestFirst.Enqueue(id);
        if (_oldestFirst.Count > CountMax)
        {
            _ids.Remove(_oldestFirst.Dequeue());
        }
    }
}
