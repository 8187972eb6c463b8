using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;

namespace Throughline.Server.Tests.Analyze;

public sealed class AnswerCacheTests
{
    private const long MinuteNs = 60_000_000_000;
    private static readonly AnswerFilter LastHour = new(new TimeRange(0, 60 * MinuteNs));
    private static readonly AnswerKey Question = new("lag", LastHour);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    private readonly TickingClock _clock = new();
    private readonly AnswerCache _cache;
    private int _made;

    public AnswerCacheTests() => _cache = new AnswerCache(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void An_answer_serves_for_ten_times_as_long_as_it_took()
    {
        Assert.Equal("1", Ask(took: 30));
        _clock.Pass(TimeSpan.FromMilliseconds(269));
        Assert.Equal("1", Ask(took: 30));
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("2", Ask(took: 30));
    }

    [Fact]
    public void An_answer_that_took_long_serves_no_longer_than_its_age_may_be()
    {
        Ask(took: 4000);
        _clock.Pass(AnswerCache.AgeMax - TimeSpan.FromMilliseconds(4001));
        Assert.Equal("1", Ask(took: 1));
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("2", Ask(took: 1));
    }

    [Fact]
    public void What_is_published_at_the_end_is_answered_at_once()
    {
        Ask(took: 100);
        _cache.Forget();
        Assert.Equal("2", Ask(took: 100));
    }

    [Fact]
    public void Another_question_has_an_answer_of_its_own()
    {
        Assert.Equal("1", Ask(took: 100));
        Assert.Equal("2", Ask(took: 100, Question with { Filter = LastHour with { Topic = "orders" } }));
        Assert.Equal("3", Ask(took: 100, Question with { Kind = "skew" }));
        Assert.Equal("4", Ask(took: 100, Question with { By = LatencyBy.Path }));
        Assert.Equal("1", Ask(took: 100));
    }

    [Fact]
    public async Task Who_asks_while_it_is_being_made_waits_for_it()
    {
        using var go = new ManualResetEventSlim();
        var first = Task.Run(() => _cache.Get(Question, Make, Cancel), Cancel);
        SpinWait.SpinUntil(() => Volatile.Read(ref _made) == 1, WaitMax);
        var others = Enumerable.Range(0, 3).Select(_ => Task.Run(() => _cache.Get(Question, Make, Cancel), Cancel)).ToArray();
        go.Set();

        Assert.All(await Task.WhenAll([first, .. others]).WaitAsync(WaitMax, Cancel), answer => Assert.Equal("1", answer));

        string Make()
        {
            var number = Interlocked.Increment(ref _made);
            Assert.True(go.Wait(WaitMax, Cancel));
            _clock.Pass(TimeSpan.FromMilliseconds(100));
            return $"{number}";
        }
    }

    [Fact]
    public async Task Who_gives_up_leaves_it_to_the_next()
    {
        using var goOn = new ManualResetEventSlim();
        using var givesUp = new CancellationTokenSource();
        var first = Task.Run(
            () => _cache.Get(
                Question,
                string () =>
                {
                    Interlocked.Increment(ref _made);
                    goOn.Wait(WaitMax, Cancel);
                    throw new OperationCanceledException();
                },
                Cancel),
            Cancel);
        SpinWait.SpinUntil(() => Volatile.Read(ref _made) == 1, WaitMax);
        await givesUp.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => _cache.Get(Question, () => "never", givesUp.Token));
        var second = Task.Run(() => Ask(took: 1), Cancel);
        goOn.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("2", await second.WaitAsync(WaitMax, Cancel));
    }

    [Fact]
    public void No_more_answers_are_kept_than_the_bound()
    {
        for (var i = 0; i < 3 * AnswerCache.AnswersMax; i++)
        {
            Ask(took: 100, Question with { Filter = LastHour with { Limit = i } });
            Assert.InRange(_cache.Count, 1, AnswerCache.AnswersMax);
        }
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(5 * MinuteNs, 60 * MinuteNs)]
    [InlineData(6 * MinuteNs - 1, 64 * MinuteNs + 1)]
    [InlineData(0, long.MaxValue)]
    public void A_range_becomes_the_whole_minutes_that_hold_it(long from, long to)
    {
        var range = AnswerKey.InMinutes(LastHour with { Range = new TimeRange(from, to) }).Range;

        Assert.InRange(from - range.FromUnixNs, 0, MinuteNs - 1);
        Assert.Equal(0, range.FromUnixNs % MinuteNs);
        Assert.InRange(range.ToUnixNs - to, 0, MinuteNs - 1);
        Assert.True(range.ToUnixNs % MinuteNs == 0 || range.ToUnixNs == long.MaxValue);
    }

    private string Ask(int took, AnswerKey? question = null) => _cache.Get(
        question ?? Question,
        () =>
        {
            _clock.Pass(TimeSpan.FromMilliseconds(took));
            return $"{Interlocked.Increment(ref _made)}";
        },
        Cancel);

    /// <summary>Time that passes when a test says so, for those who measure it.</summary>
    private sealed class TickingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);
    }
}
