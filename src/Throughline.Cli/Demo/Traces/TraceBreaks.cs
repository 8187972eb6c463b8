namespace Throughline.Cli.Demo.Traces;

/// <summary>The breaks in words and as codes.</summary>
internal static class TraceBreaks
{
    /// <summary>For people.</summary>
    public static string Describe(TraceBreak it) => it switch
    {
        TraceBreak.NoRequestSpan => "no trace begins with its HTTP request",
        TraceBreak.NoSendSpan => "no send span was seen",
        TraceBreak.NoProcessSpan => "no process_order_event span was seen",
        TraceBreak.OtherTrace => "process_order_event is in a trace of its own",
        TraceBreak.ParentMissing => "a span's parent is missing",
        TraceBreak.NoLink => "the process span has no link to the send span",
        _ => throw new ArgumentOutOfRangeException(nameof(it), it, message: null),
    };

    /// <summary>For scripts.</summary>
    public static string Code(TraceBreak it) => it switch
    {
        TraceBreak.NoRequestSpan => "no_request_span",
        TraceBreak.NoSendSpan => "no_send_span",
        TraceBreak.NoProcessSpan => "no_process_span",
        TraceBreak.OtherTrace => "other_trace",
        TraceBreak.ParentMissing => "parent_missing",
        TraceBreak.NoLink => "no_link",
        _ => throw new ArgumentOutOfRangeException(nameof(it), it, message: null),
    };
}
