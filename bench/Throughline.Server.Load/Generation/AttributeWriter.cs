using System.Text;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Load.Generation;

/// <summary>Writes attributes of one message.</summary>
internal readonly struct AttributeWriter(ProtoWriter writer, uint tag)
{
    public void Add(string key, string value)
    {
        var it = Begin(key);
        var inner = writer.Begin(OtlpTags.KeyValue.Value);
        Text(OtlpTags.AnyValue.Text, value);
        writer.End(inner);
        writer.End(it);
    }

    public void Add(string key, long value)
    {
        var it = Begin(key);
        var inner = writer.Begin(OtlpTags.KeyValue.Value);
        writer.Varint(OtlpTags.AnyValue.Int, (ulong)value);
        writer.End(inner);
        writer.End(it);
    }

    private int Begin(string key)
    {
        var it = writer.Begin(tag);
        Text(OtlpTags.KeyValue.Key, key);
        return it;
    }

    private void Text(uint field, string text)
    {
        Span<byte> utf8 = stackalloc byte[1024];
        writer.Bytes(field, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
