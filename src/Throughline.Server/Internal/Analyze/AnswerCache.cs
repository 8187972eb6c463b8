namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// Answers that were given of late. An answer serves for ten times as long as it took to make: so no question, however
/// many ask it however often, takes more than a tenth of a processor, up to <see cref="AgeMax"/>. Who asks while it is being made waits for that.
/// </summary>
internal sealed class AnswerCache(TimeProvider time)
{
    /// <summary>Answers that are kept.</summary>
    public const int AnswersMax = 64;

    private const int ServesTimes = 10;

    /// <summary>No answer is older, whatever it took.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<AnswerKey, Task<Kept?>> _answers = [];

    /// <summary>Answers that are kept, and that are being made.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>The answer to a question, made or kept.</summary>
    /// <param name="question">What two are alike in that have the same answer.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="cancellationToken">Ends the wait for another's; ends the making where <paramref name="make"/> obeys it.</param>
    public T Get<T>(AnswerKey question, Func<T> make, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var mine = new TaskCompletionSource<Kept?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var answer = FindOrAdd(question, mine.Task);
            if (answer == mine.Task)
            {
                return Make(mine, make);
            }

            answer.Wait(cancellationToken);
            if (answer.Result is { } kept)
            {
                return (T)kept.Answer;
            }

            // Whoever made it gave up: the next one does.
        }
    }

    /// <summary>What was answered is not true any more: everything is made anew.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _answers.Clear();
        }
    }

    private Task<Kept?> FindOrAdd(AnswerKey question, Task<Kept?> mine)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(question, out var known) && IsOfUse(known))
            {
                return known;
            }

            MakeRoom();
            return _answers[question] = mine;
        }
    }

    private bool IsOfUse(Task<Kept?> answer) =>
        !answer.IsCompleted || (answer.Result is { } kept && time.GetElapsedTime(kept.Begun) < kept.Serves);

    private void MakeRoom()
    {
        if (_answers.Count < AnswersMax)
        {
            return;
        }

        foreach (var (question, _) in _answers.Where(answer => !IsOfUse(answer.Value)).ToList())
        {
            _answers.Remove(question);
        }

        // All are young: which one goes makes no difference, as they are about to.
        if (_answers.Count >= AnswersMax)
        {
            _answers.Remove(_answers.Keys.First());
        }
    }

    private T Make<T>(TaskCompletionSource<Kept?> mine, Func<T> make)
        where T : class
    {
        Kept? kept = null;
        try
        {
            var begun = time.GetTimestamp();
            var answer = make();
            var serves = ServesTimes * time.GetElapsedTime(begun);
            kept = new Kept(answer, begun, serves < AgeMax ? serves : AgeMax);
            return answer;
        }
        finally
        {
            mine.SetResult(kept);
        }
    }

    /// <param name="Answer">As it was given.</param>
    /// <param name="Begun">Timestamp from before it was made: what it says is no older.</param>
    /// <param name="Serves">From then on.</param>
    private sealed record Kept(object Answer, long Begun, TimeSpan Serves);
}
