using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Demo.Traces;

/// <summary>One order's way from the HTTP request to the notification, and whether it is one whole trace.</summary>
internal sealed record OrderTrace
{
    public required string OrderId { get; init; }

    /// <summary>The trace of the request; empty when none was seen.</summary>
    public required SpanTree Request { get; init; }

    /// <summary>The trace in which the record was handled: the same tree, unless it broke.</summary>
    public required SpanTree Handling { get; init; }

    public required TraceSpan? Root { get; init; }

    public required TraceSpan? Send { get; init; }

    /// <summary><c>process {topic}</c>, the consumer library's span; a plain client has none.</summary>
    public required TraceSpan? Process { get; init; }

    /// <summary><c>process_order_event</c>, the service's own span.</summary>
    public required TraceSpan? Handler { get; init; }

    public required IReadOnlyList<TraceBreak> Breaks { get; init; }

    public bool IsWhole => Breaks.Count == 0;

    /// <summary>True when no further span could change the judgement: a trace that ends elsewhere stays so.</summary>
    public bool IsSettled => IsWhole || Breaks is [TraceBreak.OtherTrace];

    public string? TraceId => (Root ?? Handler)?.TraceId;

    /// <summary>The wait in the topic; null while either side is unknown.</summary>
    public TopicWait? Wait => Send is { } send && (Process ?? Handler) is { } taken ? TopicWait.Between(send, taken) : null;

    /// <summary>From the HTTP request's start to the notification's end; null while either is unknown.</summary>
    public TimeSpan? EndToEnd => Root is { } root && Handler is { } handler
        ? Nanoseconds.ToTimeSpan(handler.EndUnixNano - root.StartUnixNano)
        : null;

    public static OrderTrace Judge(
        string orderId, SpanTree request, TraceSpan? create, SpanTree handling, TraceSpan? handler)
    {
        var root = create is null ? null : request.AncestorsOf(create).LastOrDefault(span => span.ParentSpanId is null);
        var process = handler is null
            ? null
            : handling.AncestorsOf(handler).FirstOrDefault(span => span.Kind == TraceSpanKind.Consumer);

        // A send that was tried again has two spans: the one that arrived is the one that was consumed.
        var sends = request.Spans.Where(span => span.Kind == TraceSpanKind.Producer).ToArray();
        var send = sends.FirstOrDefault(span => span.SpanId == process?.ParentSpanId) ?? sends.LastOrDefault();
        var order = new OrderTrace
        {
            OrderId = orderId,
            Request = request,
            Handling = handling,
            Root = root,
            Send = send,
            Process = process,
            Handler = handler,
            Breaks = [],
        };
        return order with { Breaks = [.. order.FindBreaks()] };
    }

    private IEnumerable<TraceBreak> FindBreaks()
    {
        if (Root is not { Kind: TraceSpanKind.Server })
        {
            yield return TraceBreak.NoRequestSpan;
        }

        if (Send is null)
        {
            yield return TraceBreak.NoSendSpan;
        }

        if (Handler is null)
        {
            yield return TraceBreak.NoProcessSpan;
        }

        var broken = Handler is not null && Request.Spans.Count > 0 && Request != Handling;
        if (broken)
        {
            yield return TraceBreak.OtherTrace;
        }

        if (!IsConnected())
        {
            yield return TraceBreak.ParentMissing;
        }
        else if (!broken && Process is not null && Send is not null
            && !Process.Links.Any(link => link.SpanId == Send.SpanId && link.TraceId == Send.TraceId))
        {
            yield return TraceBreak.NoLink;
        }
    }

    private bool IsConnected()
    {
        if (!Request.HasEveryParent || !Handling.HasEveryParent)
        {
            return false;
        }

        return Request != Handling || Handler is null || Send is null
            || (Process is not null && Handling.AncestorsOf(Process).Contains(Send));
    }
}
