namespace Throughline.Benchmarks.Extracts;

/// <summary>What the records carry, beside a header of the application's own. Every record is of another trace.</summary>
public enum Carried
{
    /// <summary>No context.</summary>
    Nothing,

    /// <summary><c>traceparent</c>.</summary>
    TraceParent,

    /// <summary><c>traceparent</c> and <c>tracestate</c>, the same one in all records.</summary>
    TraceState,

    /// <summary><c>traceparent</c> and <c>tracestate</c>, another one in each record.</summary>
    VaryingTraceState,

    /// <summary><c>traceparent</c>, <c>tracestate</c> and <c>baggage</c> of two members.</summary>
    Baggage,
}
