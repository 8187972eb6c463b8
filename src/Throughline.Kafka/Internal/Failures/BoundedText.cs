using System.Text;
using System.Text.Unicode;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>Text in a bounded number of UTF-8 bytes, never ending within a character.</summary>
internal static class BoundedText
{
    internal static byte[] Of(string text, int bytesMax)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytesMax)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var bytes = new byte[bytesMax];
        Utf8.FromUtf16(text, bytes, out _, out var written);
        return bytes[..written];
    }
}
