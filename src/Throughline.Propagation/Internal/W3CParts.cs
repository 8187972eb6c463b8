namespace Throughline.Propagation.Internal;

/// <summary>Which of the W3C's propagators a propagator consists of.</summary>
[Flags]
internal enum W3CParts
{
    /// <summary>None: it is something else.</summary>
    None = 0,

    /// <summary>traceparent and tracestate.</summary>
    TraceContext = 1,

    /// <summary>baggage.</summary>
    Baggage = 2,

    /// <summary>Both: the SDK's default.</summary>
    All = TraceContext | Baggage,
}
