namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// A hash that is the same in every process, for what is kept across restarts. FNV-1a, then mixed so that sums of hashes
/// stay well spread.
/// </summary>
internal static class StableHash
{
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
