using System.Diagnostics;
using OpenTelemetry;

namespace Throughline.Propagation.Fuzz;

/// <summary>Shows what a known context becomes with the propagators in force in this process's environment.</summary>
internal static class WrittenHeaders
{
    /// <summary>Prints them, one a line.</summary>
    public static void Print(TextWriter output)
    {
        List<KeyValuePair<string, byte[]>> headers = [];
        ActivityContext context = new(
            ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"),
            ActivitySpanId.CreateFromString("00f067aa0ba902b7"),
            ActivityTraceFlags.Recorded);
        ContextPropagator.Default.Inject(context, default(Baggage).SetBaggage("key", "value"), new MessageHeaders(headers));
        output.WriteLine(new MessageHeaders(headers));
    }
}
