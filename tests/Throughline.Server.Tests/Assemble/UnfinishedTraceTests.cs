using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Record = Throughline.Server.Tests.Fixtures.Clients.Record;

namespace Throughline.Server.Tests.Assemble;

public sealed class UnfinishedTraceTests(ITestOutputHelper output)
{
    private const int Traces = 5_000;
    private const int SpansOfOne = 6;

    [Fact]
    public void A_trace_of_six_spans_takes_two_kilobytes_until_it_settles()
    {
        var assembly = new Assembly();
        var clients = new Clients(assembly.Time);
        Keep(assembly, clients, 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var spans = Enumerable.Range(0, Traces).Select(offset => Trace(clients, offset)).ToList();
        var facts = GC.GetAllocatedBytesForCurrentThread() - before;

        before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var span in spans.SelectMany(trace => trace))
        {
            assembly.Assembler.Add(span);
        }

        var kept = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"facts {facts / Traces} B and {kept / Traces} B around them, a trace of {SpansOfOne} spans");
        Assert.InRange((facts + kept) / Traces, 0, 2_300);
    }

    [Fact]
    public void What_is_settled_is_let_go()
    {
        var assembly = new Assembly();
        var clients = new Clients(assembly.Time);
        var settled = Keep(assembly, clients, 50);
        assembly.Settle();
        Assert.Equal((0, 0, 0), (assembly.Assembler.Statistics.LiveTraces, assembly.Assembler.Statistics.LiveSpans, assembly.Assembler.Statistics.OpenEnds));
        Assert.Equal(settled, assembly.Assembler.Statistics.SpansSettled);
        Assert.Empty(assembly.Assembler.Unsettled);
    }

    [Fact]
    public void A_trace_that_goes_on_and_on_costs_no_more_for_its_length()
    {
        var assembly = new Assembly();
        var clients = new Clients(assembly.Time);
        var job = new SpanKey(clients.NewTrace(), 1);
        var started = TimeProvider.System.GetTimestamp();
        for (var part = 0; part < 6; part++)
        {
            // Spans of spans that are yet to come, of the job that ends last, and of the part before.
            var parent = new SpanKey(job.TraceId, clients.NewSpan());
            assembly.Add([.. Enumerable.Range(0, 1_500).Select(i => clients.Span("job", i % 2 == 0 ? parent : job))]).WaitLong();
        }

        Assert.Equal(9_000, assembly.Orphans.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static int Keep(Assembly assembly, Clients clients, int traces)
    {
        var spans = Enumerable.Range(0, traces).SelectMany(offset => Trace(clients, offset)).ToArray();
        assembly.Add(spans);
        return spans.Length;
    }

    private static SpanFacts[] Trace(Clients clients, int offset)
    {
        var record = new Record("orders", offset % 12, offset);
        var request = clients.Span("gateway");
        var handler = clients.Span("order-service", request.Key);
        var send = clients.ThroughlineSend("order-service", record, handler.Key);
        var process = clients.ThroughlineProcess("billing", "g", record, send);
        return [request, handler, clients.Span("order-service", handler.Key), send, process, clients.Span("billing", process.Key)];
    }
}
