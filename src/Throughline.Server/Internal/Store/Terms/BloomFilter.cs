using System.Buffers.Binary;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// Whether a term may be in a segment. All bits of a term lie in one group of 64 bytes: an answer costs one miss of the
/// processor's cache.
/// </summary>
internal sealed class BloomFilter
{
    /// <summary>About one look-up in 250 is sent to a segment in vain.</summary>
    public const int BitsPerId = 12;

    /// <summary>About one in 40: attributes are many, and what is in vain costs one look-up more.</summary>
    public const int BitsPerTerm = 8;

    private const int GroupBytes = 64;
    private const int Probes = 6;

    private readonly byte[] _bits;
    private readonly ulong _groups;

    public BloomFilter(byte[] bits)
    {
        if (bits.Length == 0 || bits.Length % GroupBytes != 0)
        {
            throw new InvalidDataException($"A filter has {bits.Length} bytes, which is no multiple of {GroupBytes}.");
        }

        _bits = bits;
        _groups = (ulong)(bits.Length / GroupBytes);
    }

    public ReadOnlyMemory<byte> Bits => _bits;

    public static BloomFilter ForCount(long count, int bitsPerTerm)
    {
        var bytes = Math.Max(1, count * bitsPerTerm / 8);
        return new BloomFilter(new byte[(bytes + GroupBytes - 1) / GroupBytes * GroupBytes]);
    }

    public void Add(ulong term)
    {
        var group = Group(term);
        var probe = Probe(term);
        for (var i = 0; i < Probes; i++, probe >>= 9)
        {
            group[(int)(probe >> 3) & (GroupBytes - 1)] |= (byte)(1 << (int)(probe & 7));
        }
    }

    public bool MayContain(ulong term)
    {
        var group = Group(term);
        var probe = Probe(term);
        for (var i = 0; i < Probes; i++, probe >>= 9)
        {
            if ((group[(int)(probe >> 3) & (GroupBytes - 1)] & (1 << (int)(probe & 7))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private Span<byte> Group(ulong term) =>
        _bits.AsSpan((int)Math.BigMul(term, _groups, out _) * GroupBytes, GroupBytes);

    // The group is chosen by the term's high bits: the probes are made of others.
    private static ulong Probe(ulong term) =>
        BinaryPrimitives.ReverseEndianness(term * 0xD6E8FEB86659FD93) ^ term;
}
