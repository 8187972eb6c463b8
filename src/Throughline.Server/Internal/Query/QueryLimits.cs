namespace Throughline.Server.Internal.Query;

/// <summary>How large a query may be, in any language. Over it the query is refused, at the place where it grew too large.</summary>
internal static class QueryLimits
{
    public const int LengthMax = 8192;

    /// <summary>Parentheses and <c>not</c> within each other.</summary>
    public const int DepthMax = 32;

    /// <summary>Comparisons in one query.</summary>
    public const int ComparisonsMax = 200;
}
