namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Goes through a value to its end, so that whoever reads a stored span later finds it well-formed. What is kept is kept
/// unread, but never unchecked.
/// </summary>
internal static class OtlpCheck
{
    /// <summary>How deep arrays and maps may lie in each other.</summary>
    public const int DepthMax = 32;

    /// <exception cref="MalformedOtlpException">It is no KeyValue.</exception>
    public static void Attribute(ReadOnlySpan<byte> keyValue) => Attribute(keyValue, DepthMax);

    /// <exception cref="MalformedOtlpException">It is no AnyValue, or one of more than <see cref="DepthMax"/> levels.</exception>
    public static void Value(ReadOnlySpan<byte> anyValue) => Value(anyValue, DepthMax);

    private static void Attribute(ReadOnlySpan<byte> keyValue, int depth)
    {
        var reader = new ProtoReader(keyValue);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.KeyValue.Value)
            {
                Value(reader.Bytes, depth);
            }
        }
    }

    private static void Value(ReadOnlySpan<byte> anyValue, int depth)
    {
        var reader = new ProtoReader(anyValue);
        while (reader.Next())
        {
            if (reader.Tag is OtlpTags.AnyValue.Array or OtlpTags.AnyValue.Map)
            {
                Items(reader.Bytes, ofMap: reader.Tag == OtlpTags.AnyValue.Map, depth - 1);
            }
        }
    }

    private static void Items(ReadOnlySpan<byte> message, bool ofMap, int depth)
    {
        if (depth == 0)
        {
            throw new MalformedOtlpException($"an attribute's arrays and maps are nested in more than {DepthMax} levels");
        }

        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag != OtlpTags.Values.Items)
            {
                continue;
            }

            if (ofMap)
            {
                Attribute(reader.Bytes, depth);
            }
            else
            {
                Value(reader.Bytes, depth);
            }
        }
    }
}
