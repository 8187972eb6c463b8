namespace Throughline.Kafka.Internal;

/// <summary>A client's configuration, read. Of a key given twice the last one counts, as in librdkafka.</summary>
internal sealed class ClientSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal ClientSettings(IEnumerable<KeyValuePair<string, string>> config)
    {
        foreach (var (key, value) in config)
        {
            _values[key] = value;
        }
    }

    internal string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Librdkafka's words for true and false; anything else is the client's to refuse.</summary>
    internal bool IsOn(string key, bool byDefault) => this[key]?.ToLowerInvariant() switch
    {
        "true" or "t" or "1" => true,
        "false" or "f" or "0" => false,
        _ => byDefault,
    };
}
