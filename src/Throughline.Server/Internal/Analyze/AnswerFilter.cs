using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What a question is about; a name that is null stands for all.</summary>
/// <param name="Range">Whole minutes; whole hours of what is older than minutes are kept.</param>
/// <param name="Cluster">As answers show it.</param>
/// <param name="Limit">Rows at most, those with the largest figures.</param>
internal sealed record AnswerFilter(
    TimeRange Range, string? Cluster = null, string? Topic = null, string? Group = null, string? Service = null, int Limit = 1000);
