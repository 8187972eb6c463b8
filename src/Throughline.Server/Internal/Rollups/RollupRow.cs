namespace Throughline.Server.Internal.Rollups;

/// <summary>Which row of the rollups something belongs to.</summary>
/// <param name="Minute">Unix minutes.</param>
/// <param name="Family">Of which series.</param>
internal readonly record struct RollupRow(int Minute, Family Family);
