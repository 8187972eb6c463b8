namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>What a block's rows are. The numbers are on disk.</summary>
internal enum BlockKind : byte
{
    Spans = 1,
    Logs = 2,

    /// <summary>Who told of the rows in blocks that follow.</summary>
    Sources = 3,
}
