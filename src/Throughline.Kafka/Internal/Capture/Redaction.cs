using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>One redaction rule, compiled. Where it takes too long, the whole value stays untold.</summary>
internal sealed class Redaction
{
    /// <summary>What is told in the place of a value that a rule could not search in time.</summary>
    internal const string Unsearched = "[not redacted in time]";

    private readonly Regex _regex;
    private readonly string _replacement;
    private readonly RedactionTargets _targets;
    private readonly TimeSpan _timeMax;
    private readonly string _option;

    // When there are too many the rule is not tried any more: each try holds up a send or a handler.
    private readonly Overruns _overruns = new();

    private Redaction(Regex regex, RedactionRule rule, TimeSpan timeMax, string option)
    {
        _regex = regex;
        _replacement = rule.Replacement;
        _targets = rule.Targets;
        _timeMax = timeMax;
        _option = option;
    }

    /// <exception cref="ArgumentException">The rule is malformed; the message names the option.</exception>
    internal static Redaction Parse(RedactionRule? rule, TimeSpan timeMax, string option)
    {
        if (rule is null)
        {
            throw OptionRefusal.Of(option, "null", "a rule");
        }

        if (rule.Replacement is null)
        {
            throw OptionRefusal.Of($"{option}.{nameof(rule.Replacement)}", "null", "a text, or an empty one");
        }

        if ((rule.Targets & ~RedactionTargets.All) != RedactionTargets.None)
        {
            throw OptionRefusal.Of($"{option}.{nameof(rule.Targets)}", $"{rule.Targets}", $"{RedactionTargets.All}, or some of them");
        }

        var pattern = $"{option}.{nameof(rule.Pattern)}";
        if (string.IsNullOrEmpty(rule.Pattern))
        {
            throw OptionRefusal.Of(pattern, "empty", "a regular expression");
        }

        try
        {
            return new(new Regex(rule.Pattern, RegexOptions.CultureInvariant, timeMax), rule, timeMax, option);
        }
        catch (RegexParseException exception)
        {
            throw OptionRefusal.Of(pattern, $"\"{rule.Pattern}\"", $"a regular expression ({exception.Message})", exception);
        }
    }

    internal bool Concerns(RedactionTargets target) => (_targets & target) != RedactionTargets.None;

    /// <returns><see langword="false"/> when nothing of the text may be told.</returns>
    internal bool TryApply(ref string text)
    {
        try
        {
            if (!_overruns.AreTooMany)
            {
                text = Replace(text);
                return true;
            }
        }
        catch (RegexMatchTimeoutException exception)
        {
            _overruns.Add();
            Faults.Contain("redaction", new TimeoutException(
                $"{_option} took longer than {_timeMax} for a value" + (_overruns.AreTooMany ? "; it is not tried any more, and nothing it is for is told" : ""), exception));
        }

        text = Unsearched;
        return false;
    }

    private string Replace(string text)
    {
        // The expression's own limit is for each match alone.
        var started = Stopwatch.GetTimestamp();
        return _regex.Replace(text, match => Stopwatch.GetElapsedTime(started) > _timeMax
            ? throw new RegexMatchTimeoutException()
            : match.Result(_replacement));
    }
}
