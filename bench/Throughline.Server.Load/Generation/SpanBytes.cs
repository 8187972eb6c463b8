using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Load.Generation;

/// <summary>Writes a span with twenty attributes, as an instrumented .NET service would.</summary>
internal static class SpanBytes
{
    private static readonly string[] Regions = ["eu-central-1", "eu-west-1", "us-east-1"];
    private static readonly string[] Tables = ["orders", "customers", "payments", "shipments", "stock"];

    public static void Write(ProtoWriter writer, TraceId trace, TraceWords words, SpanShape span)
    {
        Span<byte> id = stackalloc byte[TraceId.Size];
        trace.Write(id);
        var it = writer.Begin(OtlpTags.ScopeItems.Items);
        writer.Bytes(OtlpTags.Span.TraceId, id);
        BinaryPrimitives.WriteUInt64BigEndian(id, span.Id);
        writer.Bytes(OtlpTags.Span.SpanId, id[..8]);
        if (span.Parent != 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(id, span.Parent);
            writer.Bytes(OtlpTags.Span.ParentSpanId, id[..8]);
        }

        writer.Bytes(OtlpTags.Span.Name, Encoding.UTF8.GetBytes(span.Name));
        writer.Varint(OtlpTags.Span.Kind, (ulong)span.Kind);
        writer.Fixed64(OtlpTags.Span.Start, (ulong)span.Start);
        writer.Fixed64(OtlpTags.Span.End, (ulong)(span.Start + span.Duration));
        WriteAttributes(new AttributeWriter(writer, OtlpTags.Span.Attributes), words, span);
        WriteEnd(writer, trace, span);
        writer.End(it);
    }

    private static void WriteAttributes(AttributeWriter into, TraceWords words, SpanShape span)
    {
        switch (span.Sort)
        {
            case SpanSort.Request:
                WriteRequest(into, words, span);
                break;
            case SpanSort.Query:
                WriteQuery(into, words, span);
                break;
            default:
                WriteMessage(into, words, span);
                break;
        }

        into.Add("tenant.id", string.Create(CultureInfo.InvariantCulture, $"tenant-{words.Tenant:d3}"));
        into.Add("order.id", string.Create(CultureInfo.InvariantCulture, $"ord-{words.Order:d10}"));
        into.Add("cloud.region", Regions[words.Tenant % Regions.Length]);
        into.Add("thread.id", (long)(span.Id % 24) + 4);
        if (span.Error is { } error)
        {
            into.Add("error.type", error);
        }
        else
        {
            into.Add("app.result", "ok");
        }
    }

    private static void WriteRequest(AttributeWriter into, TraceWords words, SpanShape span)
    {
        into.Add("http.request.method", "POST");
        into.Add("http.route", "/api/" + span.Service.Name + "/{id}");
        into.Add("http.response.status_code", 202);
        into.Add("url.scheme", "https");
        into.Add("url.path", string.Create(CultureInfo.InvariantCulture, $"/api/{span.Service.Name}/{words.Order}"));
        into.Add("url.query", "");
        into.Add("server.address", "shop.example.com");
        into.Add("server.port", 443);
        into.Add("client.address", string.Create(CultureInfo.InvariantCulture, $"10.{words.Tenant % 40}.{words.Entropy % 250}.{(words.Entropy >> 8) % 250}"));
        into.Add("client.port", 32768 + (words.Entropy % 28000));
        into.Add("network.protocol.name", "http");
        into.Add("network.protocol.version", "2");
        into.Add("user_agent.original", "okhttp/4." + (words.Tenant % 12).ToString(CultureInfo.InvariantCulture));
        into.Add("http.request.body.size", 200 + (words.Entropy % 3000));
        into.Add("aspnetcore.routing.match_status", "success");
    }

    private static void WriteQuery(AttributeWriter into, TraceWords words, SpanShape span)
    {
        var table = Tables[words.Entropy % Tables.Length];
        into.Add("db.system.name", "postgresql");
        into.Add("db.namespace", "shop");
        into.Add("db.collection.name", table);
        into.Add("db.operation.name", "SELECT");
        into.Add("db.query.text", $"SELECT id, state, total, customer_id, updated_at FROM {table} WHERE tenant = $1 AND id = $2");
        into.Add("db.query.parameters.count", 2);
        into.Add("db.response.returned_rows", (long)(span.Id % 5));
        into.Add("db.client.connection.pool.name", "shop-primary");
        into.Add("db.connection.id", (long)(span.Id % 90));
        into.Add("server.address", "pg-primary.shop.svc");
        into.Add("server.port", 5432);
        into.Add("network.peer.address", "10.96.4.12");
        into.Add("network.peer.port", 5432);
        into.Add("network.transport", "tcp");
        into.Add("db.npgsql.prepared", "true");
    }

    private static void WriteMessage(AttributeWriter into, TraceWords words, SpanShape span)
    {
        var isSend = span.Sort == SpanSort.Send;
        into.Add("messaging.system", "kafka");
        into.Add("messaging.operation.name", isSend ? "send" : "process");
        into.Add("messaging.operation.type", isSend ? "send" : "process");
        into.Add("messaging.destination.name", span.Topic!.Name);
        into.Add("messaging.destination.partition.id", span.Partition.ToString(CultureInfo.InvariantCulture));
        into.Add("messaging.kafka.offset", span.Offset);
        into.Add("messaging.kafka.cluster.id", "MkU3OEVBNTcwNTJENDM2Qg");
        into.Add("messaging.client.id", string.Create(CultureInfo.InvariantCulture, $"{span.Service.Name}-{span.Instance}"));
        into.Add("messaging.message.body.size", 180 + (words.Entropy % 900));
        into.Add("server.address", "kafka-bootstrap.shop.svc");
        into.Add("server.port", 9092);
        if (isSend)
        {
            into.Add("messaging.kafka.message.key", string.Create(CultureInfo.InvariantCulture, $"ord-{words.Order:d10}"));
            into.Add("throughline.send.outcome", "acknowledged");
            into.Add("throughline.send.trace_header_bytes", 66);
            into.Add("code.function.name", "Shop.Outbox.PublishAsync");
            return;
        }

        into.Add("messaging.consumer.group.name", span.Service.Name);
        into.Add("throughline.record.timestamp_unix_ms", span.Timestamp);
        into.Add("throughline.record.timestamp_type", "CreateTime");
        into.Add("throughline.process.outcome", span.Error is null ? "success" : "failed");
    }

    private static void WriteEnd(ProtoWriter writer, TraceId trace, SpanShape span)
    {
        if (span.Error is { } error)
        {
            var it = writer.Begin(OtlpTags.Span.Events);
            writer.Fixed64(OtlpTags.Event.Time, (ulong)(span.Start + span.Duration));
            writer.Bytes(OtlpTags.Event.Name, "exception"u8);
            var into = new AttributeWriter(writer, OtlpTags.Event.Attributes);
            into.Add("exception.type", error);
            into.Add("exception.message", "canceling statement due to statement timeout");
            into.Add("exception.stacktrace", error + ": canceling statement\n   at Shop.Orders.Handler.HandleAsync(Order order) in Handler.cs:line 88\n   at Shop.Loop.RunAsync()");
            writer.End(it);
        }

        if (span.Link != 0)
        {
            Span<byte> id = stackalloc byte[TraceId.Size];
            trace.Write(id);
            var it = writer.Begin(OtlpTags.Span.Links);
            writer.Bytes(OtlpTags.Link.TraceId, id);
            BinaryPrimitives.WriteUInt64BigEndian(id, span.Link);
            writer.Bytes(OtlpTags.Link.SpanId, id[..8]);
            writer.End(it);
        }

        if (span.Error is not null)
        {
            var it = writer.Begin(OtlpTags.Span.Status);
            writer.Bytes(OtlpTags.Status.Message, "canceling statement due to statement timeout"u8);
            writer.Varint(OtlpTags.Status.Code, (ulong)SpanStatus.Error);
            writer.End(it);
        }

        writer.Fixed32(OtlpTags.Span.Flags, 0x101);
    }
}
