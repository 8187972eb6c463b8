namespace Throughline.Benchmarks.Processing;

/// <summary>How a batch is told.</summary>
public enum BatchShape
{
    /// <summary>A scope, and so a span, for each record.</summary>
    ScopePerRecord,

    /// <summary>One span that links to every record.</summary>
    OneSpanWithLinks,
}
