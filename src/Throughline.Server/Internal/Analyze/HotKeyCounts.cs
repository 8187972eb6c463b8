namespace Throughline.Server.Internal.Analyze;

/// <summary>The frequent keys of a topic.</summary>
/// <param name="Keys">A key may be there twice, of two times: its counts add up.</param>
/// <param name="Total">Of all records that told a key; weighted.</param>
/// <param name="Seen">How many spans told one.</param>
internal sealed record HotKeyCounts(IReadOnlyList<SpaceSavingCount> Keys, double Total, long Seen);
