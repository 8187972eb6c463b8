using System.Diagnostics;

namespace Throughline.Testing.Tests;

/// <summary>Each test has a source of its own, so that none sees another's spans.</summary>
public sealed class SpanRecorderTests : IDisposable
{
    private readonly ActivitySource _source = new($"SpanRecorderTests.{Guid.NewGuid():N}");

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Ended_span_is_recorded_with_all_that_it_holds()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        var linked = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var parent = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "vendor=1", isRemote: true);

        using (var activity = _source.StartActivity(
            ActivityKind.Consumer, parent, [new("early", 1)], [new ActivityLink(linked, new() { ["why"] = "batch" })], name: "process")!)
        {
            activity.DisplayName = "process orders";
            activity.SetTag("late", "x").AddBaggage("tenant", "t1").SetStatus(ActivityStatusCode.Error, "boom");
            activity.AddEvent(new ActivityEvent("retry", tags: new() { ["attempt"] = 2 }));
        }

        var span = Assert.Single(recorder.Spans);
        Assert.Equal("process orders", span.Name);
        Assert.Equal(ActivityKind.Consumer, span.Kind);
        Assert.Equal(_source.Name, span.Source);
        Assert.Equal((parent.TraceId, parent.SpanId, true), (span.TraceId, span.ParentSpanId, span.HasRemoteParent));
        Assert.Equal("vendor=1", span.TraceState);
        Assert.Equal(ActivityTraceFlags.Recorded, span.Flags);
        Assert.Equal([new("early", 1), new("late", "x")], span.Tags);
        Assert.Equal([new("tenant", "t1")], span.Baggage);
        Assert.Equal((ActivityStatusCode.Error, "boom"), (span.Status, span.StatusDescription));
        Assert.Equal((linked, "batch"), (span.Links.Single().Context, span.Links.Single().Tags["why"]));
        Assert.Equal(("retry", 2), (span.Events.Single().Name, span.Events.Single().Tags["attempt"]));
        Assert.InRange(span.Duration, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        Assert.InRange(span.Start, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.True(span.HasEnded);
    }

    [Fact]
    public void Recorded_span_does_not_change_with_its_activity()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        var activity = _source.StartActivity("before")!;
        activity.SetTag("a", 1);
        activity.Stop();

        activity.SetTag("a", 2);
        activity.SetTag("b", 1);
        activity.DisplayName = "after";

        var span = Assert.Single(recorder.Spans);
        Assert.Equal("before", span.Name);
        Assert.Equal([new("a", 1)], span.Tags);
    }

    [Fact]
    public void Span_runs_until_it_ends()
    {
        using var recorder = SpanRecorder.Start(_source.Name);
        using var outer = _source.StartActivity("outer")!;
        _source.StartActivity("inner")!.Stop();

        Assert.Equal(["inner"], recorder.Spans.Select(s => s.Name));
        Assert.Equal([("outer", false)], recorder.Running.Select(s => (s.Name, s.HasEnded)));

        outer.Stop();

        Assert.Equal(["inner", "outer"], recorder.Spans.Select(s => s.Name));
        Assert.Empty(recorder.Running);
    }

    [Fact]
    public void Only_chosen_sources_are_recorded()
    {
        using var other = new ActivitySource(_source.Name + ".other");
        using var named = SpanRecorder.Start(_source.Name);
        using var chosen = SpanRecorder.Start(
            new SpanRecorderOptions { ListenTo = source => source.Name.StartsWith(_source.Name, StringComparison.Ordinal) });

        _source.StartActivity("mine")!.Stop();
        other.StartActivity("other")!.Stop();

        Assert.Equal(["mine"], named.Spans.Select(s => s.Name));
        Assert.Equal(["mine", "other"], chosen.Spans.Select(s => s.Name));
    }

    [Theory]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded, true, true)]
    [InlineData(ActivitySamplingResult.AllData, true, false)]
    [InlineData(ActivitySamplingResult.PropagationData, false, false)]
    public void Sampling_is_what_was_asked_for(ActivitySamplingResult sampling, bool allData, bool recorded)
    {
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions { Sources = [_source.Name], Sampling = sampling });

        using var activity = _source.StartActivity("a")!;
        activity.Stop();

        Assert.Equal((allData, recorded), (activity.IsAllDataRequested, activity.Recorded));
        Assert.Equal(recorded, Assert.Single(recorder.Spans).Flags.HasFlag(ActivityTraceFlags.Recorded));
    }

    [Fact]
    public void Sampling_of_none_makes_no_span()
    {
        using var recorder = SpanRecorder.Start(
            new SpanRecorderOptions { Sources = [_source.Name], Sampling = ActivitySamplingResult.None });

        Assert.Null(_source.StartActivity("a"));
        Assert.True(_source.HasListeners());
    }

    [Fact]
    public void Sampler_decides_span_by_span()
    {
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [_source.Name],
            Sampler = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Name == "wanted" ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
        });

        _source.StartActivity("wanted")!.Stop();

        Assert.Null(_source.StartActivity("unwanted"));
        Assert.Equal("wanted", Assert.Single(recorder.Spans).Name);
    }

    [Fact]
    public void Spans_beyond_the_limit_are_counted()
    {
        using var recorder = SpanRecorder.Start(new SpanRecorderOptions { Sources = [_source.Name], SpansMax = 2 });

        for (var i = 0; i < 5; i++)
        {
            _source.StartActivity("a")!.Stop();
        }

        Assert.Equal(2, recorder.Spans.Count);
        Assert.Equal(3, recorder.Dropped);
    }

    [Fact]
    public void Disposed_recorder_records_nothing_more_and_keeps_what_it_has()
    {
        var recorder = SpanRecorder.Start(_source.Name);
        _source.StartActivity("a")!.Stop();

        recorder.Dispose();

        Assert.Null(_source.StartActivity("b"));
        Assert.Equal(["a"], recorder.Spans.Select(s => s.Name));
    }

    [Fact]
    public async Task Spans_of_many_threads_are_all_recorded_once()
    {
        const int Threads = 8;
        const int Each = 2000;
        using var recorder = SpanRecorder.Start(_source.Name);
        var waiting = recorder.WaitForAsync(Threads * Each, TimeSpan.FromMinutes(1));

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                _source.StartActivity("a")!.Stop();
            }
        })));

        Assert.Equal(Threads * Each, (await waiting).Select(s => s.SpanId).Distinct().Count());
        Assert.Empty(recorder.Running);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_by_name()
    {
        Assert.Contains("Sources is empty", Refusal(new SpanRecorderOptions()), StringComparison.Ordinal);
        Assert.Contains("SpansMax is 0; allowed are 1 to", Refusal(new() { Sources = ["a"], SpansMax = 0 }), StringComparison.Ordinal);
        Assert.Contains("WaitTimeout is 00:00:00", Refusal(new() { Sources = ["a"], WaitTimeout = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains(
            "Sampling is 7; allowed are None, PropagationData, AllData, AllDataAndRecorded",
            Refusal(new() { Sources = ["a"], Sampling = (ActivitySamplingResult)7 }),
            StringComparison.Ordinal);

        static string Refusal(SpanRecorderOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => SpanRecorder.Start(options)).Message;
    }
}
