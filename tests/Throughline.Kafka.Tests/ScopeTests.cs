using System.Diagnostics;
using Confluent.Kafka;
using NSubstitute;
using OpenTelemetry;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>What is ambient around, inside and after a record's scope, in whichever flow it is opened and disposed.</summary>
public sealed class ScopeTests : IDisposable
{
    private readonly string _topic = $"scope-{Guid.NewGuid():N}";
    private readonly TracingConsumer<string, string> _consumer =
        Substitute.For<IConsumer<string, string>>().WithTracing(new() { GroupId = "g" });

    private readonly SpanRecorder _recorder;

    public ScopeTests()
    {
        _recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(_topic),
        });
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _recorder.Dispose();
    }

    [Fact]
    public async Task Disposal_in_another_flow_ends_the_span_and_leaves_that_flow_alone()
    {
        using var theirs = new Activity("theirs");
        var scope = _consumer.StartProcess(Received("baggage", "a=1"));
        Task other;
        using (ExecutionContext.SuppressFlow())
        {
            other = Task.Run(() =>
            {
                theirs.Start();
                Baggage.SetBaggage("theirs", "1");
                scope.Dispose();
                Assert.Same(theirs, Activity.Current);
                Assert.Equal(["theirs"], Baggage.Current.GetBaggage().Keys);
            });
        }

        await other;
        await _recorder.WaitForAsync(1);

        // This flow still has the stopped span; nothing of ours takes it for a parent.
        Assert.True(Activity.Current?.IsStopped);
        using (_consumer.StartProcess(Received()))
        {
        }

        Assert.Null(Activity.Current);
        var spans = await _recorder.WaitForAsync(2);
        Assert.True(spans[1].IsRoot);
        Baggage.Current = default;
    }

    [Fact]
    public async Task Send_under_a_stopped_span_is_not_its_child()
    {
        using var producer = Substitute.For<IProducer<string, string>>().WithTracing(new() { DeliveryReports = false });
        var scope = _consumer.StartProcess(Received());
        await Task.Run(scope.Dispose);
        producer.Produce(_topic, new() { Value = "v" });
        var spans = await _recorder.WaitForAsync(2);
        Assert.True(spans[1].IsRoot);
        Activity.Current = null;
    }

    [Fact]
    public async Task Scope_is_current_through_awaits_and_errors()
    {
        using var before = new Activity("before").Start();
        try
        {
            using var scope = _consumer.StartProcess(Received());
            await Task.Yield();
            Assert.Same(scope.Activity, Activity.Current);
            await Task.Run(() => Assert.Same(scope.Activity, Activity.Current));
            throw new FormatException();
        }
        catch (FormatException)
        {
            Assert.Same(before, Activity.Current);
        }
    }

    [Fact]
    public void Disposing_twice_or_with_a_child_left_open_restores_what_was_before()
    {
        using var before = new Activity("before").Start();
        var scope = _consumer.StartProcess(Received());
        var abandoned = new Activity("abandoned").Start();
        scope.Dispose();
        Assert.Same(before, Activity.Current);
        abandoned.Stop();
        Activity.Current = before;
        scope.Dispose();
        Assert.Same(before, Activity.Current);
        Assert.Single(_recorder.Spans);
    }

    [Fact]
    public async Task Baggage_set_inside_is_not_seen_outside_nor_in_flows_forked_before()
    {
        Baggage.Current = Baggage.Create(new() { ["outer"] = "1" });
        using var go = new SemaphoreSlim(0);
        var forked = Task.Run(async () =>
        {
            await go.WaitAsync();
            return Baggage.Current.GetBaggage().Keys.ToList();
        });
        using (_consumer.StartProcess(Received("baggage", "inner=2")))
        {
            Baggage.SetBaggage("handler", "3");
            go.Release();
            Assert.Equal(["outer"], await forked);
            Assert.Equal(["handler", "inner"], Baggage.Current.GetBaggage().Keys.Order());
        }

        Assert.Equal(["outer"], Baggage.Current.GetBaggage().Keys);
        Baggage.Current = default;
    }

    [Fact]
    public void Handlers_side_by_side_each_see_their_own()
    {
        var created = Enumerable.Range(0, 64).Select(_ => ActivityTraceId.CreateRandom().ToHexString()).ToArray();
        Parallel.ForEach(created, id =>
        {
            for (var i = 0; i < 50; i++)
            {
                using (var scope = _consumer.StartProcess(Received("traceparent", $"00-{id}-37681fb70a85e881-01")))
                {
                    Assert.Equal(id, Activity.Current!.TraceId.ToHexString());
                    Assert.Equal("37681fb70a85e881", Activity.Current.ParentSpanId.ToHexString());
                }

                Assert.Null(Activity.Current);
            }
        });
    }

    [Fact]
    public void Scopes_disposed_in_the_order_they_were_opened_leave_nothing_behind()
    {
        using var before = new Activity("before").Start();
        Baggage.Current = Baggage.Create(new() { ["outer"] = "1" });
        var scopes = Enumerable.Range(0, 3).Select(i => _consumer.StartProcess(Received("baggage", $"n={i}"))).ToList();
        scopes.ForEach(scope => scope.Dispose());
        Assert.Same(before, Activity.Current);
        Assert.Equal(["outer"], Baggage.Current.GetBaggage().Keys);
        Baggage.Current = default;
    }

    [Fact]
    public void Activity_with_a_remote_parent_that_a_handler_leaves_open_is_not_left_current()
    {
        using var before = new Activity("before").Start();
        using (_consumer.StartProcess(Received()))
        {
            new Activity("left open").SetParentId("00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-01").Start();
        }

        Assert.Same(before, Activity.Current);
    }

    private ConsumeResult<string, string> Received(string? header = null, string value = "")
    {
        var result = new ConsumeResult<string, string> { Topic = _topic, Partition = 0, Offset = 1, Message = new() { Value = "v", Headers = [] } };
        if (header is not null)
        {
            result.Message.Headers.Add(header, System.Text.Encoding.UTF8.GetBytes(value));
        }

        return result;
    }
}
