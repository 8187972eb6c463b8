using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>A closed block that is to be indexed, compressed and written; or the word that its segment has no more.</summary>
/// <param name="Segment">Whose.</param>
/// <param name="Block">Null: the segment is full, and may be sealed.</param>
internal sealed record BlockJob(Segment Segment, Block? Block);
