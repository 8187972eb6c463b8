using Throughline.Cli.Demo;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Traces;

namespace Throughline.Cli.Tests;

/// <summary>The spans of one order as both services export them, to be changed by each test as it likes.</summary>
internal sealed class OrderSpans
{
    public const string OrderId = "01a1fe24-c5c4-7267-b46b-83ee72478667";
    public const string TraceId = "70464651d17b15ace5dd8b55fee23709";
    public const string OtherTraceId = "b8f6e2eb502a9ef4519cfa1892fe45a7";
    private const long Epoch = 1_700_000_000_000_000_000;

    public TraceSpan Request { get; set; } = Span("POST /orders", TraceSpanKind.Server, "order-service", 0, 10, "a1", parent: null);

    public TraceSpan Create { get; set; } = Span("create_order", TraceSpanKind.Internal, "order-service", 0.5, 9.5, "a2", "a1")
        with
    { Attributes = new Dictionary<string, object> { [SpanNames.OrderId] = OrderId } };

    public TraceSpan Insert { get; set; } = Span("INSERT orders", TraceSpanKind.Client, "order-service", 1, 2, "a3", "a2");

    public TraceSpan Send { get; set; } = Span("send order-events", TraceSpanKind.Producer, "order-service", 2, 8, "a4", "a2") with
    {
        Attributes = new Dictionary<string, object>
        {
            [SpanNames.Destination] = "order-events",
            [SpanNames.Partition] = "1",
            [SpanNames.Offset] = 5L,
        },
    };

    public TraceSpan? Process { get; set; } =
        Span("process order-events", TraceSpanKind.Consumer, "notification-service", 14, 20, "b1", "a4") with
        {
            Links = [new TraceSpanLink(TraceId, Id("a4"))],
        };

    public TraceSpan? Handler { get; set; } =
        Span("process_order_event", TraceSpanKind.Internal, "notification-service", 15, 20, "b2", "b1") with
        {
            Attributes = new Dictionary<string, object> { [SpanNames.OrderId] = OrderId },
        };

    /// <summary>The consumer did not extract: its span starts a trace of its own.</summary>
    public static OrderSpans Orphaned()
    {
        var spans = new OrderSpans();
        spans.Process = null;
        spans.Handler = spans.Handler! with { TraceId = OtherTraceId, ParentSpanId = null };
        return spans;
    }

    public static TraceSpan Span(
        string name, TraceSpanKind kind, string service, double fromMs, double untilMs, string id, string? parent) => new()
        {
            TraceId = TraceId,
            SpanId = Id(id),
            ParentSpanId = parent is null ? null : Id(parent),
            Name = name,
            Kind = kind,
            Service = service,
            StartUnixNano = At(fromMs),
            EndUnixNano = At(untilMs),
        };

    public static long At(double milliseconds) => Epoch + (long)(milliseconds * Nanoseconds.PerMillisecond);

    public OrderTrace Judge()
    {
        var book = new SpanBook();
        foreach (var span in new[] { Handler, Send, Request, Process, Insert, Create })
        {
            if (span is not null)
            {
                book.Add(span);
            }
        }

        return book.Read(OrderId);
    }

    private static string Id(string id) => id.PadLeft(16, '0');
}
