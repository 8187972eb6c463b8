using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Store;

/// <summary>One page of a search.</summary>
/// <param name="Where">What spans must fulfil; null for all.</param>
/// <param name="Range">By the spans' start.</param>
/// <param name="Limit">Spans at most.</param>
/// <param name="Cursor">The previous page's, or null.</param>
/// <param name="WorkMax">How long to look at most: a query that no index serves ends with what it has, and its cursor.</param>
internal sealed record SearchRequest(Condition? Where, TimeRange Range, int Limit, string? Cursor, TimeSpan WorkMax);
