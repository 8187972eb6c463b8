using System.Diagnostics;

namespace Throughline.Propagation.Tests;

/// <summary>One trace context, in the forms that the tests need.</summary>
internal static class Contexts
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string SpanId = "00f067aa0ba902b7";
    public const string TraceParent = $"00-{TraceId}-{SpanId}-01";
    public const string TraceState = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";

    public static readonly ActivityContext Sampled = With(TraceState);
    public static readonly ActivityContext SampledWithoutState = With(null);

    public static ActivityContext With(string? traceState, ActivityTraceFlags flags = ActivityTraceFlags.Recorded) => new(
        ActivityTraceId.CreateFromString(TraceId), ActivitySpanId.CreateFromString(SpanId), flags, traceState, isRemote: true);
}
