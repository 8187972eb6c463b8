namespace Throughline.Kafka.Internal.Capture;

/// <summary>A name in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
internal sealed class Glob
{
    private readonly string _pattern;
    private readonly bool _ignoresCase;

    private Glob(string pattern, bool ignoresCase)
    {
        _pattern = ignoresCase ? pattern.ToUpperInvariant() : pattern;
        _ignoresCase = ignoresCase;
    }

    /// <exception cref="ArgumentException">It is empty, or has what other globs use and this one does not know.</exception>
    internal static Glob Parse(string? pattern, bool ignoresCase, string option)
    {
        if (string.IsNullOrWhiteSpace(pattern) || pattern.AsSpan().ContainsAny("[]{}\\"))
        {
            throw OptionRefusal.Of(
                option, pattern is null ? "null" : $"\"{pattern}\"", "a name, in which * stands for any characters and ? for one; no [ ] { } \\");
        }

        return new(pattern, ignoresCase);
    }

    // Goes back to the last star only: linear but for names that nearly match again and again.
    internal bool Matches(ReadOnlySpan<char> name)
    {
        var (at, inPattern, star, retryAt) = (0, 0, -1, 0);
        while (at < name.Length)
        {
            if (inPattern < _pattern.Length && _pattern[inPattern] == '*')
            {
                star = inPattern++;
                retryAt = at;
            }
            else if (inPattern < _pattern.Length && Fits(_pattern[inPattern], name[at]))
            {
                inPattern++;
                at++;
            }
            else if (star >= 0)
            {
                inPattern = star + 1;
                at = ++retryAt;
            }
            else
            {
                return false;
            }
        }

        return _pattern.AsSpan(inPattern).IndexOfAnyExcept('*') < 0;
    }

    private bool Fits(char expected, char found) =>
        expected == '?' || expected == (_ignoresCase ? char.ToUpperInvariant(found) : found);
}
