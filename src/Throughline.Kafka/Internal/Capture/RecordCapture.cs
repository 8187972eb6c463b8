using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>What of a record's content is told: its size, and on request its key, headers and payload.</summary>
internal sealed class RecordCapture
{
    private const int LimitMin = 16;
    private const int LimitMax = 32_768;
    private const string Option = $"{nameof(KafkaTracingOptions)}.{nameof(KafkaTracingOptions.Capture)}";

    private readonly bool _sizes;
    private readonly bool _keys;
    private readonly int _valueBytesMax;
    private readonly int _payloadBytesMax;
    private readonly bool _payloads;
    private readonly NameCache<bool> _payloadTopics;
    private readonly Redactions _redactions;
    private readonly HeaderCapture _headers;

    /// <exception cref="ArgumentException">An option is not allowed; the message names it.</exception>
    internal RecordCapture(CaptureOptions options)
    {
        OptionRefusal.ThrowUnlessBetween($"{Option}.{nameof(options.ValueBytesMax)}", options.ValueBytesMax, LimitMin, LimitMax);
        OptionRefusal.ThrowUnlessBetween($"{Option}.{nameof(options.PayloadBytesMax)}", options.PayloadBytesMax, LimitMin, LimitMax);
        OptionRefusal.ThrowUnlessUpToTenSeconds($"{Option}.{nameof(options.RedactionTimeMax)}", options.RedactionTimeMax);
        _sizes = options.Sizes;
        _keys = options.Keys;
        _valueBytesMax = options.ValueBytesMax;
        _payloadBytesMax = options.PayloadBytesMax;
        var topics = GlobList.Parse(options.PayloadTopics, ignoresCase: false, $"{Option}.{nameof(options.PayloadTopics)}");
        _payloads = !topics.IsEmpty;
        _payloadTopics = new(topic => topics.Matches(topic));
        _redactions = new(options);
        _headers = new(options, _redactions);
    }

    // Added, not set: nothing else writes these names, and setting one searches all that are there.
    internal void Tell<TKey, TValue>(Activity activity, string? topic, Message<TKey, TValue> message)
    {
        // Ignore is null whatever the record holds.
        if (message.Value is null && typeof(TValue) != typeof(Ignore))
        {
            activity.AddTag(AttributeNames.Tombstone, true);
        }
        else if (_sizes && SizeOf(message.Value) is { } size)
        {
            activity.AddTag(AttributeNames.BodySize, size);
        }

        if (_keys && CanonicalText(message.Key) is { } key)
        {
            var text = _redactions.Apply(RedactionTargets.Keys, ToldText.Read(key, _redactions.Window(_valueBytesMax)));
            activity.AddTag(AttributeNames.MessageKey, ToldText.Cut(text, _valueBytesMax));
        }

        _headers.Tell(activity, message.Headers);
        if (_payloads && activity.Recorded && topic is not null && _payloadTopics.Of(topic))
        {
            TellPayload(activity, message.Value);
        }
    }

    private void TellPayload<T>(Activity activity, T value)
    {
        var window = _redactions.Window(_payloadBytesMax);
        var text = value switch
        {
            string given => ToldText.Read(given, window),
            byte[] bytes => ToldText.Read(bytes, window),
            ReadOnlyMemory<byte> memory => ToldText.Read(memory.Span, window),
            _ => null,
        };
        if (text is not null)
        {
            activity.AddTag(AttributeNames.Payload, ToldText.Cut(_redactions.Apply(RedactionTargets.Payloads, text), _payloadBytesMax));
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
        int or float => sizeof(int),
        long or double => sizeof(long),
        _ => null,
    };
}
