namespace Throughline.Propagation.Internal;

/// <summary>Every header name that this library knows.</summary>
internal static class HeaderNames
{
    /// <summary>https://www.w3.org/TR/trace-context-2/#traceparent-header</summary>
    public const string TraceParent = "traceparent";

    /// <summary>https://www.w3.org/TR/trace-context-2/#tracestate-header</summary>
    public const string TraceState = "tracestate";

    /// <summary>https://www.w3.org/TR/baggage/#baggage-http-header-format</summary>
    public const string Baggage = "baggage";

    /// <summary>https://github.com/openzipkin/b3-propagation#single-header</summary>
    public const string B3 = "b3";

    /// <summary>https://github.com/openzipkin/b3-propagation#multiple-headers, as HTTP spells it.</summary>
    public static readonly B3Names B3Multi = new(
        "X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-Flags");

    /// <summary>The same in lower case: what brave writes into messages, whose header names are case-sensitive.</summary>
    public static readonly B3Names B3MultiLower = new(
        "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags");

    /// <summary>B3 in all its spellings: stale beside any new trace context.</summary>
    public static readonly string[] B3All =
    [
        B3,
        .. B3Multi.All,
        .. B3MultiLower.All,
    ];

    /// <summary>Every header that names a trace.</summary>
    public static readonly string[] TraceAll = [TraceParent, TraceState, .. B3All];
}
