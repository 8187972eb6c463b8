namespace Throughline.Kafka.Loss;

/// <summary>The group: as many processes as there should be, and the journals of all that ever were.</summary>
/// <param name="folder">For the journals.</param>
/// <param name="start">What a member is started with, but for its journal and its place in the group.</param>
internal sealed class Members(string folder, IReadOnlyList<string> start) : IDisposable
{
    private readonly List<MemberProcess> _running = [];
    private readonly List<string> _journals = [];
    private int _next;
    private int _places;

    internal IReadOnlyList<string> Journals
    {
        get
        {
            lock (_journals)
            {
                return [.. _journals];
            }
        }
    }

    internal void Start() => Start(_places++);

    internal Task KillOneAsync()
    {
        using var member = TakeNext();
        member.Kill();
        Start(member.Place);
        return Task.CompletedTask;
    }

    internal async Task PauseOneAsync(TimeSpan time)
    {
        var member = TakeNext();
        _running.Add(member);
        await member.PauseAsync();
        await Task.Delay(time);
        await member.ResumeAsync();
    }

    internal async Task ReplaceOneAsync()
    {
        using var member = TakeNext();
        Start();
        await LeaveAsync(member);
    }

    internal async Task LeaveAllAsync()
    {
        foreach (var member in _running)
        {
            await LeaveAsync(member);
        }
    }

    public void Dispose() => _running.ForEach(member => member.Dispose());

    private void Start(int place)
    {
        var journal = Path.Combine(folder, $"member-{_journals.Count + 1}.txt");
        lock (_journals)
        {
            _journals.Add(journal);
        }

        _running.Add(MemberProcess.Start([.. start, journal, $"{place}"], journal, place));
    }

    private static async Task LeaveAsync(MemberProcess member)
    {
        if (await member.LeaveAsync() is not 0 and var code)
        {
            throw new InvalidOperationException($"The consumer of {member.Journal} ended with exit code {code}.");
        }
    }

    private MemberProcess TakeNext()
    {
        var at = _next++ % _running.Count;
        var member = _running[at];
        _running.RemoveAt(at);
        return member;
    }
}
