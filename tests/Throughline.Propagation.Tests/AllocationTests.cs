using System.Diagnostics;
using System.Text;
using OpenTelemetry;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>What an operation may allocate, in bytes, once warm.</summary>
public sealed class AllocationTests
{
    private const int Times = 1_000;

    private static readonly byte[] TraceParentBytes = Encoding.ASCII.GetBytes(Contexts.TraceParent);

    [Fact]
    public void Parsing_a_traceparent_allocates_nothing()
    {
        Assert.Equal(0, BytesPer(() => TraceParent.TryParse(TraceParentBytes, out TraceParent parsed) && parsed.IsValid));
        Assert.Equal(0, BytesPer(() => TraceParent.TryParse(Contexts.TraceParent, out TraceParent parsed) && parsed.IsValid));
        Assert.Equal(0, BytesPer(() => TraceParent.TryParse("malformed", out TraceParent parsed) && parsed.IsValid));
    }

    [Fact]
    public void Extracting_a_tracestate_seen_before_allocates_nothing()
    {
        MessageHeaders headers = Headers.Trace(Contexts.TraceState);

        Assert.Equal(0, BytesPer(() => Propagating.W3C.Extract(headers).HasTrace));
    }

    [Fact]
    public void Extracting_another_tracestate_allocates_its_string_and_no_more_than_132_bytes()
    {
        MessageHeaders[] headers = [Headers.Trace(Contexts.TraceState), Headers.Trace(Contexts.TraceState + "x")];
        int turn = 0;

        Assert.InRange(BytesPer(() => Propagating.W3C.Extract(headers[turn++ & 1]).HasTrace), 1, 132);
    }

    [Fact]
    public void Extracting_nothing_and_refusing_allocate_nothing()
    {
        MessageHeaders nothing = Headers.Of(("mine", "1"));
        MessageHeaders malformed = Headers.Of(("traceparent", "malformed"));
        MessageHeaders malformedState = Headers.Trace("MALFORMED");

        Assert.Equal(0, BytesPer(() => Propagating.W3C.Extract(nothing).HasTrace));
        Assert.Equal(0, BytesPer(() => Propagating.W3C.Extract(malformed).HasTrace));
        Assert.Equal(0, BytesPer(() => Propagating.W3C.Extract(malformedState).HasTrace));
    }

    [Fact]
    public void Injecting_allocates_nothing_but_what_the_carrier_does()
    {
        Baggage baggage = default(Baggage).SetBaggage("tenant", "a b").SetBaggage("user", "Am\u00e9lie");
        SlotHeaders headers = new();

        Assert.Equal(0, BytesPer(() => Inject(Contexts.Sampled, baggage, headers)));
        Assert.Equal(0, BytesPer(() => Inject(Contexts.SampledWithoutState, default, headers)));
        Assert.Equal(0, BytesPer(() => Inject(default, default, headers)));
    }

    [Fact]
    public void Asking_whether_a_name_is_a_context_header_allocates_nothing()
    {
        Assert.Equal(0, BytesPer(() => ContextPropagator.Default.IsContextHeader("traceparent")));
    }

    private static bool Inject(ActivityContext context, Baggage baggage, SlotHeaders headers)
    {
        Propagating.W3C.Inject(context, baggage, headers);
        return true;
    }

    /// <summary>The fewest bytes of a few tries: a try in which the runtime compiled something again does not count.</summary>
    private static long BytesPer(Func<bool> operation)
    {
        const int Tries = 5;
        long fewest = long.MaxValue;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int count = 0; count < Times; count++)
            {
                operation();
            }

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest / Times;
    }
}
