using System.Text.RegularExpressions;

namespace Throughline.Server.Internal.Query;

/// <summary>The regular expressions of queries: matched whole, in time linear in the text, whoever wrote them.</summary>
internal static class QueryPattern
{
    public const int LengthMax = 1000;

    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline;

    // No more than a guard: time is linear, and on a busy machine waiting for a processor counts as matching.
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);

    /// <summary>A pattern that matches whole values only.</summary>
    /// <exception cref="ArgumentException">The pattern cannot be read, or asks for what needs backtracking.</exception>
    public static Regex Whole(string pattern)
    {
        if (pattern.Length > LengthMax)
        {
            throw new ArgumentException($"it has {pattern.Length} characters; at most {LengthMax} are allowed", nameof(pattern));
        }

        try
        {
            return new Regex($@"\A(?:{pattern})\z", Options, TimeMax);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException("it looks around or back, which is not allowed", nameof(pattern), e);
        }
    }
}
