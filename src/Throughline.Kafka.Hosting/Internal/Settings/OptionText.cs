using System.Diagnostics.CodeAnalysis;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Throughline.Kafka's words for a refused option begin with its name; here they get the path before it.</summary>
internal static class OptionText
{
    // The sections of options whose words begin with their type, or whose names are no one else's.
    private static readonly Dictionary<string, string> SectionByWord = new(StringComparer.Ordinal)
    {
        [nameof(KafkaTracingOptions)] = "Tracing",
        [nameof(RetryOptions)] = "Processing:Retry",
        [nameof(FailureRouting)] = "Processing:Failures",
        [nameof(BatchOptions.SizeMax)] = "Batch:SizeMax",
        [nameof(BatchOptions.WaitMax)] = "Batch:WaitMax",
    };

    /// <summary>False where the exception is not about an option.</summary>
    /// <param name="path">The client's path.</param>
    /// <param name="section">Below it, where options are whose words do not tell.</param>
    /// <param name="exception">What a library threw.</param>
    /// <param name="problem">The library's words with the whole path.</param>
    internal static bool TryLocate(string path, string section, Exception exception, [NotNullWhen(true)] out string? problem)
    {
        problem = null;
        if (exception is not ArgumentException refusal || !refusal.Message.Contains("; allowed: ", StringComparison.Ordinal))
        {
            return false;
        }

        var text = refusal.Message.Replace($" (Parameter '{refusal.ParamName}')", string.Empty, StringComparison.Ordinal);
        var name = text[..text.IndexOf(' ', StringComparison.Ordinal)];
        var parts = name.Split('.');
        var keys = SectionByWord.TryGetValue(parts[0], out var known) ? [known, .. parts[1..]] : parts.Prepend(section);
        problem = $"{path}:{string.Join(':', keys)}{text[name.Length..]}";
        return true;
    }
}
