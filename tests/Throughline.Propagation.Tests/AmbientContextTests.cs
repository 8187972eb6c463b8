using System.Diagnostics;
using OpenTelemetry;

namespace Throughline.Propagation.Tests;

/// <summary>What a flow would put on a message, found whatever the flow is.</summary>
public class AmbientContextTests
{
    [Fact]
    public void New_thread_has_nothing()
    {
        OnNewThread(() => Assert.True(AmbientContext.Take().IsEmpty));
    }

    [Fact]
    public void Activity_is_found_and_gone_when_it_was_stopped()
    {
        OnNewThread(() =>
        {
            using (var activity = new Activity("request").Start())
            {
                Assert.Same(activity, AmbientContext.Take().Activity);
            }

            Assert.True(AmbientContext.Take().IsEmpty);
        });
    }

    [Fact]
    public void Baggage_alone_is_found()
    {
        OnNewThread(() =>
        {
            Baggage.Current = Baggage.Create(new() { ["tenant"] = "blue" });
            Assert.Equal("blue", AmbientContext.Take().Baggage.GetBaggage("tenant"));
        });
    }

    [Fact]
    public void What_is_ambient_is_found_where_the_flow_is_suppressed()
    {
        OnNewThread(() =>
        {
            using var activity = new Activity("request").Start();
            using (ExecutionContext.SuppressFlow())
            {
                Assert.Same(activity, AmbientContext.Take().Activity);
            }
        });
    }

    [Fact]
    public void Nothing_is_found_where_the_flow_is_suppressed_and_empty()
    {
        OnNewThread(() =>
        {
            using (ExecutionContext.SuppressFlow())
            {
                Assert.True(AmbientContext.Take().IsEmpty);
            }
        });
    }

    private static void OnNewThread(Action test)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                test();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.UnsafeStart();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("On the new thread: " + failure.Message, failure);
        }
    }
}
