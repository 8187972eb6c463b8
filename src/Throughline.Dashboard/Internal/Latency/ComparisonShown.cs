using Throughline.Server.Internal.Analyze.Compare;
using Throughline.Server.Internal.Query;

namespace Throughline.Dashboard.Internal.Latency;

/// <summary>A comparison, with what was asked for it.</summary>
/// <param name="Request">What was compared.</param>
/// <param name="Comparison">How it differs.</param>
/// <param name="Where">What spans of both sides fulfil, in the query language; empty for all.</param>
internal sealed record ComparisonShown(ComparisonRequest Request, SpanComparison Comparison, string Where)
{
    /// <summary>The query of both sides with one more condition.</summary>
    public string With(string condition) => Where.Length == 0 ? condition : $"{(Request.Where is Condition.Or ? $"({Where})" : Where)} and {condition}";
}
