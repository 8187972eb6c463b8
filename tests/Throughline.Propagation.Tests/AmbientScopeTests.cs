using System.Diagnostics;
using OpenTelemetry;

namespace Throughline.Propagation.Tests;

/// <summary>A scope that was settled closes at once where the handler changed nothing, and step by step where it did.</summary>
public class AmbientScopeTests
{
    private static readonly Baggage Received = Baggage.Create(new() { ["theirs"] = "2" });

    [Fact]
    public void Untouched_scope_puts_back_what_was_there()
    {
        using var outer = new Activity("outer").Start();
        Baggage.Current = Baggage.Create(new() { ["mine"] = "1" });
        using var own = new Activity("own");
        var scope = Open(own);
        Assert.Equal(["theirs"], Baggage.Current.GetBaggage().Keys);
        scope.Close(own);
        Assert.Same(outer, Activity.Current);
        Assert.True(own.IsStopped);
        Assert.Equal(["mine"], Baggage.Current.GetBaggage().Keys);
        Baggage.Current = default;
    }

    [Fact]
    public void What_a_handler_leaves_in_its_own_async_local_stays()
    {
        var handlers = new AsyncLocal<string?>();
        using var own = new Activity("own");
        var scope = Open(own);
        handlers.Value = "kept";
        scope.Close(own);
        Assert.Equal("kept", handlers.Value);
        Assert.Null(Activity.Current);
        Assert.Equal(0, Baggage.Current.Count);
    }

    [Fact]
    public void Activity_that_a_handler_leaves_open_is_not_left_current()
    {
        using var own = new Activity("own");
        var scope = Open(own);
        using var left = new Activity("left").Start();
        scope.Close(own);
        Assert.Null(Activity.Current);
        Assert.False(left.IsStopped);
    }

    [Fact]
    public void Predecessor_that_was_stopped_meanwhile_is_not_made_current_again()
    {
        using var outer = new Activity("outer").Start();
        using var own = new Activity("own");
        var scope = Open(own);
        StopElsewhere(outer);
        scope.Close(own);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Scope_closes_after_awaits_where_it_was_opened()
    {
        var handlers = new AsyncLocal<string?>();
        using var own = new Activity("own");
        var scope = Open(own);
        await Task.Run(() => handlers.Value = "elsewhere", TestContext.Current.CancellationToken);
        Assert.Same(own, Activity.Current);
        scope.Close(own);
        Assert.Null(Activity.Current);
        Assert.Equal(0, Baggage.Current.Count);
    }

    [Fact]
    public void Closing_an_untouched_scope_makes_no_object()
    {
        Assert.Equal(0, AllocatedByClosing());
        Assert.Equal(0, AllocatedByClosing());

        static long AllocatedByClosing()
        {
            var scope = Open(null);
            var before = GC.GetAllocatedBytesForCurrentThread();
            scope.Close(null);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // In a flow of its own: here the scope stays untouched.
    private static void StopElsewhere(Activity activity)
    {
        var thread = new Thread(activity.Stop);
        thread.UnsafeStart();
        thread.Join();
    }

    private static AmbientScope Open(Activity? own)
    {
        var scope = AmbientScope.Open(Received);
        own?.Start();
        scope.Settle();
        return scope;
    }
}
