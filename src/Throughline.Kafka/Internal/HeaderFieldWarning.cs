using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>
/// A consumer can be told to leave headers out of its results, for speed; every one of its process spans is then an
/// orphan, without a word. So a word is said when it is built.
/// </summary>
internal static class HeaderFieldWarning
{
    private const string Setting = "dotnet.consumer.consume.result.fields";

    internal static void TellWhereDue<TKey, TValue>(
        ClientSettings settings, IConsumer<TKey, TValue> consumer, Action<IConsumer<TKey, TValue>, LogMessage>? logHandler)
    {
        var fields = settings[Setting];
        if (fields is null || Includes(fields, "all") || Includes(fields, "headers"))
        {
            return;
        }

        var warning = $"{Setting} is \"{fields}\": records come without headers, so every process span starts a trace of its "
            + "own (an orphan). Add headers to it, or set it to all.";
        KafkaEventSource.Log.SettingBreaksTraces(warning);
        ClientLog.Warn(consumer, logHandler, warning);
    }

    private static bool Includes(string fields, string field) =>
        fields.Split(',', StringSplitOptions.TrimEntries).Contains(field, StringComparer.Ordinal);
}
