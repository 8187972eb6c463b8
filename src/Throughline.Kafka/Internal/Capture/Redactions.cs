namespace Throughline.Kafka.Internal.Capture;

/// <summary>The redaction rules of one client, frozen.</summary>
internal sealed class Redactions
{
    internal const string Redacted = "[redacted]";

    private const string Option =
        $"{nameof(KafkaTracingOptions)}.{nameof(KafkaTracingOptions.Capture)}.{nameof(CaptureOptions.Redactions)}";

    // Rules see more than is told, or what they hide would show where it is cut. A longer match than this is not seen.
    private const int WindowBytes = 65_536;

    // Enough to see that there is more, wherever reading stops before a character.
    private const int CharacterBytesMax = 4;

    private readonly Redaction[] _rules;

    internal Redactions(CaptureOptions options)
    {
        _rules = [.. options.Redactions.Select((rule, i) => Redaction.Parse(rule, options.RedactionTimeMax, $"{Option}[{i}]"))];
    }

    /// <summary>How many bytes of a value to read, of which <paramref name="bytesMax"/> are told.</summary>
    internal int Window(int bytesMax) => _rules.Length == 0 ? bytesMax + CharacterBytesMax : WindowBytes;

    internal string Apply(RedactionTargets target, string text)
    {
        foreach (var rule in _rules)
        {
            if (rule.Concerns(target) && !rule.TryApply(ref text))
            {
                break;
            }
        }

        return text;
    }
}
