using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Fuzz;

/// <summary>A quick look at time and bytes per operation; <c>bench/</c> has the numbers with statistics.</summary>
internal static class Measurement
{
    // Rounds short enough to fit into one time slice, and the best of many: a busy machine then costs little.
    private const int Rounds = 400;
    private const int OperationsPerRound = 10_000;

    private const string TraceParentText = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string TraceStateText = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";
    private const string BaggageText = "tenant=acme,user=alice%20b,region=eu-west-1";

    /// <summary>Measures each and prints a line.</summary>
    public static void Run(TextWriter output)
    {
        ContextPropagator propagator = new(new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]));
        byte[] traceParent = Encoding.ASCII.GetBytes(TraceParentText);
        MessageHeaders nothing = Headers();
        MessageHeaders trace = Headers(("traceparent", TraceParentText), ("tracestate", TraceStateText));
        MessageHeaders all = Headers(("traceparent", TraceParentText), ("tracestate", TraceStateText), ("baggage", BaggageText));
        MessageHeaders[] changing = [trace, Headers(("traceparent", TraceParentText), ("tracestate", "rojo=1123456789abcdef,congo=t61rcWkgMzE"))];
        int turn = 0;
        bool isValid = true;

        Print(output, "parse traceparent", () => isValid &= TraceParent.TryParse(traceParent, out _));
        Print(output, "extract, no headers", () => propagator.Extract(nothing));
        Print(output, "extract traceparent + tracestate", () => propagator.Extract(trace));
        Print(output, "extract the same, another tracestate each time", () => propagator.Extract(changing[turn++ & 1]));
        Print(output, "extract the same + baggage of 3", () => propagator.Extract(all));
        Print(output, "extract + ToActivityContext", () => propagator.Extract(trace).ToActivityContext());
        Print(output, "the API's TraceContextPropagator, same headers", PeerExtract(new TraceContextPropagator(), trace));
        Print(output, "the API's BaggagePropagator, same baggage", PeerExtract(new BaggagePropagator(), all));

        ActivityContext context = propagator.Extract(trace).ToActivityContext();
        ActivityContext stateless = new(context.TraceId, context.SpanId, context.TraceFlags);
        Baggage baggage = propagator.Extract(all).Baggage;
        SlotHeaders slots = new();
        Print(output, "inject traceparent", () => propagator.Inject(stateless, default, slots));
        Print(output, "inject traceparent, clean carrier", () => propagator.Inject(stateless, default, slots, carrierIsClean: true));
        Print(output, "inject traceparent + tracestate, clean", () => propagator.Inject(context, default, slots, carrierIsClean: true));
        Print(output, "inject the same + baggage of 3, clean", () => propagator.Inject(context, baggage, slots, carrierIsClean: true));
        Print(output, "inject nothing", () => propagator.Inject(default, default, slots));
    }

    private static Action PeerExtract(TextMapPropagator peer, MessageHeaders headers) =>
        () => peer.Extract(default, headers, static (carrier, name) =>
            carrier.TryGet(name, out HeaderValue value) ? [value.ToString()] : []);

    private static void Print(TextWriter output, string what, Action operation)
    {
        double nanoseconds = double.MaxValue;
        long bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            for (int count = 0; count < OperationsPerRound; count++)
            {
                operation();
            }

            nanoseconds = Math.Min(nanoseconds, Stopwatch.GetElapsedTime(started).TotalNanoseconds / OperationsPerRound);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / OperationsPerRound;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} {nanoseconds,7:F1} ns {bytes,5} B"));
    }

    private static MessageHeaders Headers(params (string Name, string Value)[] headers) =>
        new([.. headers.Select(header => new KeyValuePair<string, byte[]>(header.Name, Encoding.ASCII.GetBytes(header.Value)))]);
}
