using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>Writes attributes; Zipkin knows only texts.</summary>
internal static class ZipkinAttributes
{
    public static void Write(ProtoWriter writer, uint tag, ReadOnlySpan<byte> key, string value)
    {
        var it = writer.Begin(tag);
        writer.Bytes(OtlpTags.KeyValue.Key, key);
        var inner = writer.Begin(OtlpTags.KeyValue.Value);
        writer.Text(OtlpTags.AnyValue.Text, value);
        writer.End(inner);
        writer.End(it);
    }

    public static void Write(ProtoWriter writer, uint tag, string key, string value)
    {
        var it = writer.Begin(tag);
        writer.Text(OtlpTags.KeyValue.Key, key);
        var inner = writer.Begin(OtlpTags.KeyValue.Value);
        writer.Text(OtlpTags.AnyValue.Text, value);
        writer.End(inner);
        writer.End(it);
    }

    public static void Write(ProtoWriter writer, uint tag, ReadOnlySpan<byte> key, long value)
    {
        var it = writer.Begin(tag);
        writer.Bytes(OtlpTags.KeyValue.Key, key);
        var inner = writer.Begin(OtlpTags.KeyValue.Value);
        writer.Varint(OtlpTags.AnyValue.Int, (ulong)value);
        writer.End(inner);
        writer.End(it);
    }
}
