using System.Diagnostics;

namespace Throughline.Testing.Tests;

public sealed class SpanRecorderWaitTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private readonly ActivitySource _source = new($"SpanRecorderWaitTests.{Guid.NewGuid():N}");

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Wait_ends_when_the_span_does()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        var activity = _source.StartActivity("send orders")!;
        var waiting = recorder.WaitForAsync("send orders");
        _source.StartActivity("another")!.Stop();
        Assert.False(waiting.IsCompleted);

        activity.Stop();

        Assert.Equal(activity.SpanId, (await waiting).SpanId);
    }

    [Fact]
    public async Task Wait_for_what_has_happened_ends_at_once()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        _source.StartActivity("a")!.SetTag("n", 1).Stop();
        _source.StartActivity("a")!.SetTag("n", 2).Stop();

        Assert.Equal(1, (await recorder.WaitForAsync("a")).Tag("n"));
        Assert.Equal(2, (await recorder.WaitForAsync(s => Equals(s.Tag("n"), 2))).Tag("n"));
        Assert.Equal(2, (await recorder.WaitForAsync(2)).Count);
        Assert.Equal(2, (await recorder.WaitForAsync(2, s => s.Name == "a")).Count);
    }

    [Fact]
    public async Task Wait_in_vain_says_what_for_and_shows_what_there_was()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        using var outer = _source.StartActivity("POST /orders", ActivityKind.Server)!;
        _source.StartActivity("send orders", ActivityKind.Producer)!.Stop();

        var failure = await Assert.ThrowsAsync<TraceAssertionException>(
            () => recorder.WaitForAsync(2, span => span.Kind == ActivityKind.Producer, Short));

        Assert.StartsWith(
            "Waited 0.05 s for 2 spans where span => span.Kind == ActivityKind.Producer; 1 came.\ntrace ",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains($"└─ POST /orders [{outer.SpanId}]  SERVER  still running\n   └─ send orders [", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_in_vain_without_any_span_says_so()
    {
        using var recorder = SpanRecorder.Start(_source.Name);

        var failure = await Assert.ThrowsAsync<TraceAssertionException>(() => recorder.WaitForAsync("process orders", Short));

        Assert.Equal("Waited 0.05 s for a span named \"process orders\"; 0 came.\nNo span was recorded.", failure.Message);
    }

    [Fact]
    public async Task Cancelled_wait_is_cancelled_and_no_failure()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        using var cancellation = new CancellationTokenSource();
        var waiting = recorder.WaitForAsync(1, cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Condition_that_throws_reaches_the_one_who_waits_and_not_the_one_who_traces()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        var waiting = recorder.WaitForAsync(_ => throw new InvalidOperationException("condition"));

        _source.StartActivity("a")!.Stop();

        Assert.Equal("condition", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting)).Message);
    }

    [Fact]
    public async Task Count_below_one_is_refused()
    {
        using var recorder = SpanRecorder.Start(_source.Name);

        var refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => recorder.WaitForAsync(0));

        Assert.StartsWith("count is 0; allowed are 1 to", refusal.Message, StringComparison.Ordinal);
    }
}
