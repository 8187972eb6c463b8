namespace Throughline.Cli.Demo.Traces;

/// <summary>Why an order is not one whole trace.</summary>
internal enum TraceBreak
{
    /// <summary>No trace that begins with the order's HTTP request was seen.</summary>
    NoRequestSpan,

    /// <summary>No <c>send</c> span was seen.</summary>
    NoSendSpan,

    /// <summary>No <c>process_order_event</c> span of the order was seen.</summary>
    NoProcessSpan,

    /// <summary><c>process_order_event</c> is in a trace of its own.</summary>
    OtherTrace,

    /// <summary>A span names a parent that was not seen, or <c>process_order_event</c> is not below the send.</summary>
    ParentMissing,

    /// <summary>The <c>process</c> span has no link to the <c>send</c> span.</summary>
    NoLink,
}
