namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>Where a block lies in its segment's file.</summary>
/// <param name="Offset">Its header's first byte.</param>
/// <param name="Length">Header and content, bytes.</param>
internal readonly record struct BlockPlace(long Offset, int Length)
{
    public long End => Offset + Length;
}
