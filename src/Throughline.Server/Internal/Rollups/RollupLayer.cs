namespace Throughline.Server.Internal.Rollups;

/// <summary>What was counted within some time, complete and never changed: what readers see before it is stored.</summary>
/// <param name="Generation">A store that has this generation, or a later one, has the layer.</param>
/// <param name="Rows">Blocks by row.</param>
internal sealed record RollupLayer(long Generation, IReadOnlyDictionary<RollupRow, RollupBlock> Rows);
