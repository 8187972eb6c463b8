namespace Throughline.Server.Internal.Rollups;

/// <summary>What a value is of.</summary>
/// <param name="Family">As a series' family has it, or as the asker wants it called.</param>
/// <param name="Detail">As the series has it; empty for all of them together.</param>
internal readonly record struct RollupName(FamilyKey Family, string Detail);
