using System.Globalization;

namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>Reads variables by the specification's rules, and notes what is wrong instead of throwing.</summary>
/// <remarks>An empty value counts as unset. A wrong one is noted once and then also counts as unset.</remarks>
internal sealed class SettingReader(Func<string, string?> environment)
{
    private readonly List<SettingProblem> _problems = [];

    public IReadOnlyList<SettingProblem> Problems => _problems;

    public string? Text(string variable)
    {
        var value = environment(variable)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    public bool Flag(string variable)
    {
        var value = Text(variable);
        if (value is not null && !bool.TryParse(value, out _))
        {
            Wrong(variable, value, "true or false", "false is used");
        }

        return string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
    }

    public int? Number(string variable, int min, int max, string instead)
    {
        var value = Text(variable);
        if (value is null)
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        var range = max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}";
        Wrong(variable, value, range, instead);
        return null;
    }

    /// <summary>A time limit in milliseconds, of which 0 means none.</summary>
    public TimeSpan? Timeout(string variable, string instead)
    {
        var milliseconds = Number(variable, 0, int.MaxValue, instead);
        return milliseconds is null
            ? null
            : TimeSpan.FromMilliseconds(milliseconds.Value == 0 ? int.MaxValue : milliseconds.Value);
    }

    /// <summary>One of the values, compared without case as the specification asks.</summary>
    public T? Choice<T>(string variable, IReadOnlyList<(string Name, T Value)> allowed, string instead)
        where T : struct
    {
        var value = Text(variable);
        if (value is null)
        {
            return null;
        }

        foreach (var (name, choice) in allowed)
        {
            if (string.Equals(name, value, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        Wrong(variable, value, "one of " + string.Join(", ", allowed.Select(pair => pair.Name)), instead);
        return null;
    }

    /// <summary>A comma list of the values, each once and in the order given; null when unset or when nothing in it is known.</summary>
    public IReadOnlyList<T>? Choices<T>(string variable, IReadOnlyList<(string Name, T Value)> allowed)
        where T : struct, Enum
    {
        var list = Text(variable);
        if (list is null)
        {
            return null;
        }

        var chosen = new List<T>();
        foreach (var member in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var known = allowed.FirstOrDefault(pair => string.Equals(pair.Name, member, StringComparison.OrdinalIgnoreCase));
            if (known.Name is null)
            {
                Wrong(variable, member, "one of " + string.Join(", ", allowed.Select(pair => pair.Name)), "it is skipped");
            }
            else if (!chosen.Contains(known.Value))
            {
                chosen.Add(known.Value);
            }
        }

        return chosen.Count == 0 ? null : chosen;
    }

    public void Wrong(string variable, string value, string expected, string instead) =>
        Note(new(variable, $"\"{SettingText.Show(value)}\" is not {expected}", instead));

    /// <summary>For values that must not be shown.</summary>
    public void WrongSecret(string variable, string what, string instead) => Note(new(variable, what, instead));

    public void Hint(string variable, string what) => Note(new(variable, what, Instead: null));

    private void Note(SettingProblem problem)
    {
        if (!_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }
}
