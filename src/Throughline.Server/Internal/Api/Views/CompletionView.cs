using Throughline.Server.Internal.Query.Completion;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>What could stand where the caret is.</summary>
/// <param name="From">The first character that a candidate replaces, from 0.</param>
/// <param name="To">Behind the last one.</param>
/// <param name="Items">The likeliest first.</param>
/// <param name="Error">Why there are none.</param>
/// <param name="Column">Where the error is, from 1.</param>
internal sealed record CompletionView(int From, int To, IReadOnlyList<Candidate> Items, string? Error, int? Column);
