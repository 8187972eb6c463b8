using System.Diagnostics;
using System.Globalization;

namespace Throughline.Testing.Tests;

/// <summary>Spans made by hand, with ids and times that a test can write down.</summary>
internal static class Spans
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static ActivityTraceId Trace(int n) =>
        ActivityTraceId.CreateFromString(n.ToString("x32", CultureInfo.InvariantCulture));

    public static ActivitySpanId Id(int n) => n == 0
        ? default
        : ActivitySpanId.CreateFromString(n.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>A span that starts as many milliseconds after noon as its id says, and takes 1.5 ms.</summary>
    public static RecordedSpan Span(int id, int parent = 0, string? name = null, int trace = 1) => new()
    {
        Name = name ?? $"span {id}",
        TraceId = Trace(trace),
        SpanId = Id(id),
        ParentSpanId = Id(parent),
        Kind = ActivityKind.Internal,
        Start = Noon.AddMilliseconds(id),
        Duration = TimeSpan.FromMilliseconds(1.5),
    };

    public static RecordedLink LinkTo(int id, int trace = 1) =>
        new(new ActivityContext(Trace(trace), Id(id), ActivityTraceFlags.Recorded), new Dictionary<string, object?>());
}
