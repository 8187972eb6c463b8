using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Tests.Otlp;

/// <summary>Writes OTLP requests for tests, in the words that a test has.</summary>
internal static class OtlpRequest
{
    public const string Trace = "0af7651916cd43dd8448eb211c80319c";
    public const string Span = "b7ad6b7169203331";

    /// <summary>A request of one resource and scope.</summary>
    public static byte[] Of(
        Action<ProtoWriter> items, string service = "order-service", string scope = "test",
        params (string Key, object Value)[] resource) => Build(request =>
    {
        var resources = request.Begin(OtlpTags.Request.Resources);
        var it = request.Begin(OtlpTags.ResourceItems.Resource);
        Attribute(request, OtlpTags.Resource.Attributes, "service.name", service);
        foreach (var (key, value) in resource)
        {
            Attribute(request, OtlpTags.Resource.Attributes, key, value);
        }

        request.End(it);
        var scopes = request.Begin(OtlpTags.ResourceItems.Scopes);
        it = request.Begin(OtlpTags.ScopeItems.Scope);
        request.Bytes(OtlpTags.Scope.Name, Encoding.UTF8.GetBytes(scope));
        request.End(it);
        items(request);
        request.End(scopes);
        request.End(resources);
    });

    public static byte[] Build(Action<ProtoWriter> write)
    {
        using var writer = new ProtoWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>A Span message as an item of the request that is being written.</summary>
    public static void AddSpan(
        ProtoWriter request, string name, int kind, Action<ProtoWriter>? more = null,
        string trace = Trace, string span = Span, string parent = "", params (string Key, object Value)[] attributes)
    {
        var it = request.Begin(OtlpTags.ScopeItems.Items);
        request.Bytes(OtlpTags.Span.TraceId, Convert.FromHexString(trace));
        request.Bytes(OtlpTags.Span.SpanId, Convert.FromHexString(span));
        request.Bytes(OtlpTags.Span.ParentSpanId, Convert.FromHexString(parent));
        request.Bytes(OtlpTags.Span.Name, Encoding.UTF8.GetBytes(name));
        request.Varint(OtlpTags.Span.Kind, (ulong)kind);
        request.Fixed64(OtlpTags.Span.Start, 1_000);
        request.Fixed64(OtlpTags.Span.End, 3_000);
        foreach (var (key, value) in attributes)
        {
            Attribute(request, OtlpTags.Span.Attributes, key, value);
        }

        more?.Invoke(request);
        request.End(it);
    }

    public static void Attribute(ProtoWriter writer, uint tag, string key, object value)
    {
        var it = writer.Begin(tag);
        writer.Bytes(OtlpTags.KeyValue.Key, Encoding.UTF8.GetBytes(key));
        var inner = writer.Begin(OtlpTags.KeyValue.Value);
        Value(writer, value);
        writer.End(inner);
        writer.End(it);
    }

    private static void Value(ProtoWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Bytes(OtlpTags.AnyValue.Text, Encoding.UTF8.GetBytes(text));
                break;
            case bool truth:
                writer.Varint(OtlpTags.AnyValue.Bool, truth ? 1u : 0);
                break;
            case int or long:
                writer.Varint(OtlpTags.AnyValue.Int, (ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number:
                writer.Fixed64(OtlpTags.AnyValue.Double, BitConverter.DoubleToUInt64Bits(number));
                break;
            case byte[] bytes:
                writer.Bytes(OtlpTags.AnyValue.Binary, bytes);
                break;
            case object[] array:
                var values = writer.Begin(OtlpTags.AnyValue.Array);
                foreach (var item in array)
                {
                    var it = writer.Begin(OtlpTags.Values.Items);
                    Value(writer, item);
                    writer.End(it);
                }

                writer.End(values);
                break;
            case (string Key, object Value)[] pairs:
                var map = writer.Begin(OtlpTags.AnyValue.Map);
                foreach (var (key, inner) in pairs)
                {
                    Attribute(writer, OtlpTags.Values.Items, key, inner);
                }

                writer.End(map);
                break;
            default:
                throw new ArgumentException($"no OTLP value: {value}", nameof(value));
        }
    }
}
