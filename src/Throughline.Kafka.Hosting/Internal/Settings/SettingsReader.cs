using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>
/// Reads the keys of one section, without reflection. What cannot be read becomes a problem that names the key by its whole
/// path; a key without a value, or with an empty one, counts as not there.
/// </summary>
internal sealed class SettingsReader(IConfigurationSection section, SettingsProblems problems)
{
    private readonly List<string> _known = [];

    private delegate bool Parse<T>(string text, out T value);

    internal bool HasKeys => section.GetChildren().Any();

    /// <summary>The path of one of its keys.</summary>
    internal string PathOf(string key) => section.GetSection(key).Path;

    internal void Text(string key, Action<string> take)
    {
        if (Value(key) is { } text)
        {
            take(text);
        }
    }

    internal void Switch(string key, Action<bool> take) => Read(key, "true, false", bool.TryParse, take);

    internal void Number(string key, Action<int> take) => Read(
        key, "a whole number",
        static (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value), take);

    internal void LongNumber(string key, Action<long> take) => Read(
        key, "a whole number",
        static (string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value), take);

    internal void Fraction(string key, Action<double> take) => Read(
        key, "a number, such as 0.5",
        static (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value), take);

    /// <summary>The same, where a word stands for none at all.</summary>
    internal void FractionOrNever(string key, Action<double?> take) => Read(
        key, "a number, such as 0.5, or never",
        static (string text, out double? value) =>
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            value = isNumber ? number : null;
            return isNumber || text.Equals("never", StringComparison.OrdinalIgnoreCase);
        },
        take);

    /// <summary>A time with colons: .NET takes a bare number for days, which nobody means.</summary>
    internal void Time(string key, Action<TimeSpan> take) => Read(
        key, "hours:minutes:seconds, such as 00:00:10 or 00:00:00.5",
        static (string text, out TimeSpan value) =>
        {
            value = default;
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
        },
        take);

    internal void Choice<TChoice>(string key, Action<TChoice> take)
        where TChoice : struct, Enum => Read(
            key, string.Join(", ", Enum.GetNames<TChoice>()),
            static (string text, out TChoice value) =>
            {
                value = default;
                return !char.IsAsciiDigit(text[^1]) && Enum.TryParse(text, ignoreCase: true, out value);
            },
            take);

    /// <summary>Each of a list's texts: items below the key, or one value with commas.</summary>
    internal void Each(string key, Action<string> take)
    {
        _known.Add(key);
        var list = section.GetSection(key);
        var texts = list.GetChildren().Select(item => item.Value).ToList();
        texts.AddRange(list.Value?.Split(',', StringSplitOptions.TrimEntries) ?? []);
        foreach (var text in texts)
        {
            if (text is { Length: > 0 })
            {
                take(text);
            }
        }
    }

    /// <summary>What is below a key.</summary>
    internal SettingsReader Section(string key)
    {
        _known.Add(key);
        return new(section.GetSection(key), problems);
    }

    /// <summary>What is below a key, one for each item of a list.</summary>
    internal IEnumerable<SettingsReader> Sections(string key)
    {
        _known.Add(key);
        return section.GetSection(key).GetChildren().Select(item => new SettingsReader(item, problems));
    }

    /// <summary>The names of the keys that are there.</summary>
    internal IEnumerable<string> Keys() => section.GetChildren().Select(child => child.Key);

    internal void RefuseUnless(string key, bool isAllowed, string problem)
    {
        if (!isAllowed)
        {
            problems.Add($"{PathOf(key)} {problem}.");
        }
    }

    /// <summary>Every key that is there is refused unless it was read.</summary>
    internal void RefuseOthers()
    {
        if (section.Value is { Length: > 0 } value)
        {
            problems.Add($"{section.Path} is '{value}'; allowed: keys below it ({string.Join(", ", _known)}).");
        }

        foreach (var child in section.GetChildren())
        {
            if (!_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add($"{child.Path} is not known{Spelling.Suggest(child.Key, _known)}; allowed: {string.Join(", ", _known)}.");
            }
        }
    }

    private string? Value(string key)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        if (child.GetChildren().FirstOrDefault() is { } below)
        {
            problems.Add($"{child.Path} has keys below it ({below.Key}); allowed: one value.");
        }

        return child.Value is { Length: > 0 } value ? value : null;
    }

    private void Read<T>(string key, string allowed, Parse<T> parse, Action<T> take)
    {
        if (Value(key) is not { } text)
        {
            return;
        }

        if (parse(text, out var value))
        {
            take(value);
        }
        else
        {
            problems.Add($"{PathOf(key)} is '{text}'; allowed: {allowed}.");
        }
    }
}
