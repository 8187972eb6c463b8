using System.Buffers.Binary;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// 64 bits of hash that are the same in every process and version: they are on disk. Not against malice: whoever makes
/// values collide makes a look-up decode some spans in vain, since what is found by hash is always compared in full.
/// </summary>
internal static class TermHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;
    private const ulong Third = 0xA0761D6478BD642F;

    public static ulong Of(ulong seed, ReadOnlySpan<byte> bytes)
    {
        var hash = seed ^ (ulong)bytes.Length * First;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), Second);
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(hash ^ rest, Third);
    }

    public static ulong Of(ulong seed, ulong first, ulong second) => Mix(Mix(seed ^ first, Second) ^ second, Third);

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left ^ First, right, out var low);
        return high ^ low;
    }
}
