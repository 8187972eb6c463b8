using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Traces;

namespace Throughline.Cli.Demo.Reports;

/// <summary>The run's result for programs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(DemoDocument))]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class DemoJson : JsonSerializerContext
{
    public static string Of(DemoOutcome outcome) => JsonSerializer.Serialize(
        new DemoDocument
        {
            Orders = outcome.Orders.Accepted.Count + outcome.Orders.Refused.Count,
            Accepted = outcome.Orders.Accepted.Count,
            Refused = outcome.Orders.Refused,
            UnbrokenTraces = outcome.Whole.Count,
            BrokenTraces = outcome.Broken.Count,
            Notifications = outcome.Notifications,
            EndToEnd = Document(outcome.EndToEnd),
            InTopic = Document(outcome.InTopic),
            Headers = outcome.Headers is { } it
                ? new HeadersDocument(it.Records, it.WithTraceParent, it.BytesAverage, it.BytesMax) : null,
            Otlp = outcome.Forwarded is { } sent
                ? new ForwardDocument(sent.Endpoint.ToString(), sent.Sent, sent.Failed, sent.Failure) : null,
            Faults = outcome.Truth,
            Answers = outcome.Answers.ToDictionary(one => one.Table.Name, one => one.Answer),
            Traces = [.. outcome.Traces.Select(Document)],
        },
        Default.DemoDocument);

    public static string Of(CommandException error) => JsonSerializer.Serialize(
        new ErrorDocument { Error = error.Message, ExitCode = error.ExitCode, Evidence = error.Evidence },
        Default.ErrorDocument);

    private static PercentilesDocument? Document(Percentiles? durations) => durations is null
        ? null
        : new PercentilesDocument(durations.P50.TotalMilliseconds, durations.P99.TotalMilliseconds);

    private static TraceDocument Document(OrderTrace order) => new()
    {
        OrderId = order.OrderId,
        TraceId = order.TraceId,
        Whole = order.IsWhole,
        Breaks = [.. order.Breaks.Select(TraceBreaks.Code)],
        EndToEndMs = order.EndToEnd?.TotalMilliseconds,
        Record = order.Wait?.Record,
        InTopicMs = order.Wait is { Kind: not TopicWaitKind.ClockSkew } wait ? wait.Duration.TotalMilliseconds : null,
        InTopicBasis = order.Wait?.Kind switch
        {
            TopicWaitKind.Measured => "measured",
            TopicWaitKind.TakenBeforeAcknowledged => "before_acknowledged",
            TopicWaitKind.ClockSkew => "clock_skew",
            _ => null,
        },
        Spans = [.. order.Request.Spans.Concat(order.Handling != order.Request ? order.Handling.Spans : []).Select(Document)],
    };

    private static SpanDocument Document(TraceSpan span) => new()
    {
        TraceId = span.TraceId,
        SpanId = span.SpanId,
        ParentSpanId = span.ParentSpanId,
        Name = span.Name,
        Kind = span.Kind.ToString().ToUpperInvariant(),
        Service = span.Service,
        StartUnixNano = span.StartUnixNano,
        DurationMs = span.Duration.TotalMilliseconds,
        Links = [.. span.Links.Select(link => $"{link.TraceId}:{link.SpanId}")],
    };
}
