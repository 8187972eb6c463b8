using System.Globalization;

namespace Throughline.Dashboard.Tests.Fixtures;

/// <summary>
/// A shop whose truth is known: forty orders of order-service, on four partitions of <see cref="Topic"/>, read by two groups.
/// One is by far the slowest, one fails and is dead-lettered, one was never sent; audit-service reads without extracting.
/// </summary>
public static class Shop
{
    public const string Topic = "orders";
    public const string DeadLetters = "orders.dlq";
    public const int Orders = 40;
    public const int Partitions = 4;

    /// <summary>Its card check takes four seconds.</summary>
    public const int SlowestOrder = 7;

    /// <summary>billing gives it up after two attempts.</summary>
    public const int FailedOrder = 11;

    /// <summary>Its send failed: the record was too large.</summary>
    public const int LostOrder = 13;

    public static string TraceOf(int order) => string.Create(CultureInfo.InvariantCulture, $"{0xabc0000 + order:x32}");

    public static string SpanOf(int order, int span) => string.Create(CultureInfo.InvariantCulture, $"{(order * 100) + span + 1:x16}");

    /// <param name="end">When the last order is done; they begin two seconds apart.</param>
    public static IEnumerable<TestSpan> Spans(DateTimeOffset end) =>
        Enumerable.Range(0, Orders).SelectMany(order => OrderSpans(order, end - TimeSpan.FromSeconds(2 * (Orders - order) + 8)));

    private static IEnumerable<TestSpan> OrderSpans(int order, DateTimeOffset start)
    {
        var trace = TraceOf(order);
        yield return new TestSpan("order-service", "POST /orders", trace, SpanOf(order, 0)) { Kind = TestSpan.Server, Start = start, Duration = Ms(30) };
        var send = new TestSpan("order-service", $"send {Topic}", trace, SpanOf(order, 1))
        {
            ParentId = SpanOf(order, 0),
            Kind = TestSpan.Producer,
            Start = start + Ms(5),
            Duration = Ms(12),
            Attributes = Record("send", order),
        };
        if (order == LostOrder)
        {
            yield return send with
            {
                Error = "MESSAGE_TOO_LARGE",
                Attributes = new Dictionary<string, object>(Messaging("send"), StringComparer.Ordinal) { ["throughline.send.outcome"] = "failed" },
            };
            yield break;
        }

        yield return send;
        foreach (var span in Billing(order, start + Ms(60)).Concat(Mail(order, start + Ms(40))).Append(Audit(order, start + Ms(50))))
        {
            yield return span;
        }
    }

    private static IEnumerable<TestSpan> Billing(int order, DateTimeOffset start)
    {
        var takes = order == SlowestOrder ? Ms(4000) : Ms(25);
        yield return Process("billing-service", "billing", order, 10, start, takes) with
        {
            Error = order == FailedOrder ? "CardRefusedException" : null,
        };
        yield return new TestSpan("billing-service", "check card", TraceOf(order), SpanOf(order, 11))
        {
            ParentId = SpanOf(order, 10),
            Start = start + Ms(2),
            Duration = takes - Ms(4),
        };
        if (order == FailedOrder)
        {
            yield return new TestSpan("billing-service", $"send {DeadLetters}", TraceOf(order), SpanOf(order, 12))
            {
                ParentId = SpanOf(order, 10),
                Kind = TestSpan.Producer,
                Start = start + takes - Ms(2),
                Duration = Ms(1),
                Attributes = new Dictionary<string, object>(Messaging("send"), StringComparer.Ordinal)
                {
                    ["messaging.destination.name"] = DeadLetters,
                    ["messaging.destination.partition.id"] = "0",
                    ["messaging.kafka.offset"] = 0,
                },
            };
        }
    }

    private static IEnumerable<TestSpan> Mail(int order, DateTimeOffset start) =>
        [Process("mail-service", "mail", order, 20, start, Ms(15))];

    private static TestSpan Process(string service, string group, int order, int span, DateTimeOffset start, TimeSpan takes) =>
        new(service, $"process {Topic}", TraceOf(order), SpanOf(order, span))
        {
            ParentId = SpanOf(order, 1),
            Kind = TestSpan.Consumer,
            Start = start,
            Duration = takes,
            Links = [(TraceOf(order), SpanOf(order, 1))],
            Attributes = new Dictionary<string, object>(Record("process", order), StringComparer.Ordinal) { ["messaging.consumer.group.name"] = group },
        };

    /// <summary>A trace of its own: the context on the record was not read.</summary>
    private static TestSpan Audit(int order, DateTimeOffset start) =>
        new("audit-service", $"process {Topic}", string.Create(CultureInfo.InvariantCulture, $"{0xdead0000 + order:x32}"), SpanOf(order, 30))
        {
            Kind = TestSpan.Consumer,
            Start = start,
            Attributes = new Dictionary<string, object>(Record("process", order), StringComparer.Ordinal) { ["messaging.consumer.group.name"] = "audit" },
        };

    private static Dictionary<string, object> Record(string operation, int order) => new(Messaging(operation), StringComparer.Ordinal)
    {
        ["messaging.destination.partition.id"] = (order % Partitions).ToString(CultureInfo.InvariantCulture),
        ["messaging.kafka.offset"] = order / Partitions,
        ["messaging.kafka.message.key"] = string.Create(CultureInfo.InvariantCulture, $"customer-{order}"),
    };

    private static Dictionary<string, object> Messaging(string operation) => new(StringComparer.Ordinal)
    {
        ["messaging.system"] = "kafka",
        ["messaging.operation.name"] = operation,
        ["messaging.operation.type"] = operation,
        ["messaging.destination.name"] = Topic,
    };

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
