namespace Throughline.Server.Tests.Api;

/// <summary>An order that goes through a topic to two groups, one of which fails; and a trace that has nothing to do with it.</summary>
internal static class Samples
{
    public const string Order = "0af7651916cd43dd8448eb211c80319c";
    public const string Billing = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string Other = "000000000000000000000000000000ab";

    public static IReadOnlyList<SampleSpan> All { get; } =
    [
        new("shop", "POST /orders", SampleSpan.Server)
        {
            Id = "00f067aa0ba902b7", DurationMs = 40,
            Attributes = [("http.request.method", "POST"), ("http.route", "/orders"), ("http.response.status_code", 202)],
        },
        new("shop", "send orders", SampleSpan.Producer)
        {
            Id = "b7ad6b7169203331", Parent = "00f067aa0ba902b7", StartMs = 5, DurationMs = 4,
            Attributes = Messaging("send", "send", null),
        },
        new("mailer", "process orders", SampleSpan.Consumer)
        {
            Id = "00f067aa0ba902b9", Parent = "b7ad6b7169203331", StartMs = 200, DurationMs = 600,
            Attributes = Messaging("process", "process", "mailer-group"),
            Link = (Order, "b7ad6b7169203331"),
            Error = "no such address", Event = ("exception", "exception.type", "MailException"),
        },
        new("billing", "process orders", SampleSpan.Consumer)
        {
            Trace = Billing, Id = "53995c3f42cd8ad8", StartMs = 7_000, DurationMs = 20,
            Attributes = Messaging("process", "process", "billing-group"),
            Link = (Order, "b7ad6b7169203331"),
        },
        new("billing", "INSERT invoices", SampleSpan.Client)
        {
            Trace = Billing, Id = "53995c3f42cd8ad9", Parent = "53995c3f42cd8ad8", StartMs = 7_005, DurationMs = 5,
            Attributes = [("db.system.name", "postgresql"), ("db.rows", 1), ("db.ratio", 0.5), ("db.cached", false)],
        },
        new("cron", "tidy", 1) { Trace = Other, Id = "1111111111111111", StartMs = 9_000, DurationMs = 3_000 },
    ];

    private static (string, object)[] Messaging(string name, string type, string? group)
    {
        List<(string, object)> all =
        [
            ("messaging.system", "kafka"), ("messaging.operation.name", name), ("messaging.operation.type", type),
            ("messaging.destination.name", "orders"), ("messaging.destination.partition.id", "3"), ("messaging.kafka.offset", 4711),
        ];
        if (group is not null)
        {
            all.Add(("messaging.consumer.group.name", group));
        }

        return [.. all];
    }
}
