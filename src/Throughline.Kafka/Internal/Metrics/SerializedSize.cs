using System.Text;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// How many bytes Confluent's own serializers make of a value, without serializing it; unknown for types that they do not
/// know.
/// </summary>
internal static class SerializedSize
{
    internal static long? Of<T>(T value) => value is string text ? Encoding.UTF8.GetByteCount(text) : AtLeast(value);

    /// <summary>The same, but a text's characters are not looked at: each is a byte at least.</summary>
    internal static long? AtLeast<T>(T value) => value switch
    {
        null => 0,
        byte[] bytes => bytes.Length,
        string text => text.Length,
        int or float => 4,
        long or double => 8,
        _ => null,
    };
}
