using System.Diagnostics;

namespace Throughline.Testing.Tests;

public sealed class SpanScopeTests : IDisposable
{
    private readonly ActivitySource _source = new($"SpanScopeTests.{Guid.NewGuid():N}");

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Trace_scope_records_and_samples_that_trace_only()
    {
        using var test = new Activity("test").Start();
        using var recorder = Start(SpanScope.Trace(test.TraceId));

        _source.StartActivity("mine")!.Stop();
        Activity.Current = null;

        Assert.Null(_source.StartActivity("somebody else's"));
        Assert.Equal(["mine"], Names(recorder));
    }

    [Fact]
    public void Trace_scope_takes_in_the_traces_that_link_to_it()
    {
        using var test = new Activity("test").Start();
        using var recorder = Start(SpanScope.Trace(test.TraceId));
        Activity.Current = null;

        using (_source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: [new(test.Context)]))
        {
            _source.StartActivity("below")!.Stop();
        }

        Assert.Equal(["below", "process"], Names(recorder));
    }

    [Fact]
    public void Destination_scope_takes_in_the_trace_from_then_on()
    {
        using var others = Start(SpanScope.All);
        using var recorder = Start(SpanScope.Destination("orders.1"));

        using (_source.StartActivity("POST /orders"))
        {
            _source.StartActivity("early")!.Stop();
            using (_source.StartActivity(ActivityKind.Producer, tags: [new("messaging.destination.name", "orders.1")], name: "send"))
            {
                _source.StartActivity("below")!.Stop();
            }
        }

        _source.StartActivity(ActivityKind.Producer, tags: [new("messaging.destination.name", "orders.2")], name: "other")!.Stop();

        Assert.Equal(["below", "send", "POST /orders"], Names(recorder));
        Assert.Equal(5, others.Spans.Count);
    }

    [Fact]
    public void Tag_that_comes_late_brings_its_span_in_at_the_end()
    {
        using var others = Start(SpanScope.All);
        using var recorder = Start(SpanScope.Tag("test.id", 7));

        _source.StartActivity("late")!.SetTag("test.id", 7).Stop();
        _source.StartActivity("other")!.SetTag("test.id", 8).Stop();

        Assert.Equal(["late"], Names(recorder));
    }

    [Fact]
    public void Either_scope_will_do()
    {
        using var test = new Activity("test").Start();
        using var recorder = Start(SpanScope.Trace(test.TraceId).Or(SpanScope.Matching(a => a.OperationName == "named")));

        _source.StartActivity("traced")!.Stop();
        Activity.Current = null;
        _source.StartActivity("named")!.Stop();
        _source.StartActivity("other")!.Stop();

        Assert.Equal(["traced", "named"], Names(recorder));
    }

    [Fact]
    public async Task Tests_side_by_side_see_their_own_spans_and_sampling()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            using var test = new Activity($"test {i}").Start();
            var sampling = i % 2 == 0 ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData;
            using var recorder = Start(SpanScope.Trace(test.TraceId), sampling);
            for (var n = 0; n < 200; n++)
            {
                _source.StartActivity($"span of {i}")!.Stop();
            }

            Assert.Equal(200, recorder.Spans.Count);
            Assert.All(recorder.Spans, span => Assert.Equal($"span of {i}", span.Name));
            Assert.All(recorder.Spans, span => Assert.Equal(i % 2 == 0, span.Flags == ActivityTraceFlags.Recorded));
        })));
    }

    private static IEnumerable<string> Names(SpanRecorder recorder) => recorder.Spans.Select(s => s.Name);

    private SpanRecorder Start(
        SpanScope scope, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded) =>
        SpanRecorder.Start(new SpanRecorderOptions { Sources = [_source.Name], Scope = scope, Sampling = sampling });
}
