using System.Diagnostics.CodeAnalysis;

namespace Throughline.Kafka;

/// <summary>A pattern whose matches are replaced before a key, a header or a payload is told.</summary>
public sealed class RedactionRule
{
    /// <summary>A rule without a pattern yet, for configuration to fill.</summary>
    public RedactionRule()
    {
    }

    /// <summary>A rule for a pattern.</summary>
    /// <param name="pattern">What to replace; .NET's regular expressions.</param>
    public RedactionRule([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        Pattern = pattern;
    }

    /// <summary>What to replace; .NET's regular expressions, culture-invariant. Required.</summary>
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public string Pattern { get; set; } = string.Empty;

    /// <summary>What takes the match's place; <c>$1</c> is the pattern's first group. Default: <c>[redacted]</c>.</summary>
    public string Replacement { get; set; } = "[redacted]";

    /// <summary>Where the rule is applied. Default: everywhere.</summary>
    public RedactionTargets Targets { get; set; } = RedactionTargets.All;
}
