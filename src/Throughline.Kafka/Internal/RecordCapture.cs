using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>What of a record's content is told, and only on request: its key, its size, named headers.</summary>
internal sealed class RecordCapture(KafkaTracingOptions options)
{
    private readonly bool _keys = options.CaptureKeys;
    private readonly bool _sizes = options.CaptureSizes;
    private readonly string[] _headers = [.. options.CaptureHeaders];

    internal void Tell<TKey, TValue>(Activity activity, Message<TKey, TValue> message)
    {
        // Ignore is null whatever the record holds.
        if (message.Value is null && typeof(TValue) != typeof(Ignore))
        {
            activity.SetTag(AttributeNames.Tombstone, true);
        }

        if (_keys && CanonicalText(message.Key) is { } key)
        {
            activity.SetTag(AttributeNames.MessageKey, key);
        }

        if (_sizes && SizeOf(message.Value) is { } size)
        {
            activity.SetTag(AttributeNames.BodySize, size);
        }

        if (_headers.Length > 0 && message.Headers is { Count: > 0 } headers)
        {
            TellHeaders(activity, headers);
        }
    }

    private void TellHeaders(Activity activity, Headers headers)
    {
        foreach (var name in _headers)
        {
            var values = headers.BackingList
                .Where(header => header.Key == name)
                .Select(header => Encoding.UTF8.GetString(header.GetValueBytes() ?? []))
                .ToArray();
            if (values.Length > 0)
            {
                activity.SetTag(AttributeNames.HeaderPrefix + name, values);
            }
        }
    }

    // The conventions want no attribute where a key has no canonical text form.
    private static string? CanonicalText<T>(T key) => key switch
    {
        string text => text,
        int or long or short or byte or uint or ulong or ushort or sbyte or Guid => key.ToString(),
        _ => null,
    };

    private static int? SizeOf<T>(T value) => value switch
    {
        byte[] bytes => bytes.Length,
        string text => Encoding.UTF8.GetByteCount(text),
        ReadOnlyMemory<byte> memory => memory.Length,
        _ => null,
    };
}
