namespace Throughline.Server.Internal.Query.Completion;

/// <summary>What could stand where the caret is.</summary>
/// <param name="From">The first character that a candidate replaces.</param>
/// <param name="To">Behind the last one.</param>
/// <param name="Items">The likeliest first.</param>
/// <param name="Error">Why there are none: what stands before the caret is no beginning of a query.</param>
internal sealed record Candidates(int From, int To, IReadOnlyList<Candidate> Items, QueryException? Error = null);
