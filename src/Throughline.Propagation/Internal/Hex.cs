using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Throughline.Propagation.Internal;

/// <summary>Lower-case hexadecimal, as trace headers demand it: upper case is invalid.</summary>
internal static class Hex
{
    private const int UInt64Length = 16;

    /// <summary>Reads sixteen digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> digits, out ulong value)
    {
        // The lanes below are paired in little-endian order.
        if (!Vector128.IsHardwareAccelerated || !BitConverter.IsLittleEndian)
        {
            return TryReadOneByOne(digits, out value);
        }

        Vector128<byte> text = Vector128.Create(digits[..UInt64Length]);
        Vector128<byte> digit = text - Vector128.Create((byte)'0');
        Vector128<byte> letter = text - Vector128.Create((byte)'a');
        Vector128<byte> isDigit = Vector128.LessThan(digit, Vector128.Create((byte)10));
        Vector128<byte> isLetter = Vector128.LessThan(letter, Vector128.Create((byte)6));
        if ((isDigit | isLetter) != Vector128<byte>.AllBitsSet)
        {
            value = 0;
            return false;
        }

        // Each 16-bit lane holds two digits, the first one low: first * 16 + second.
        Vector128<byte> nibbles = Vector128.ConditionalSelect(isDigit, digit, letter + Vector128.Create((byte)10));
        Vector128<ushort> pairs = nibbles.AsUInt16();
        Vector128<ushort> bytes = ((pairs << 4) | (pairs >> 8)) & Vector128.Create((ushort)0xFF);
        value = BinaryPrimitives.ReverseEndianness(Vector128.Narrow(bytes, bytes).AsUInt64().ToScalar());
        return true;
    }

    /// <summary>Reads two digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(byte first, byte second, out byte value)
    {
        int high = Nibble(first);
        int low = Nibble(second);
        value = (byte)((high << 4) | (low & 0xF));
        return (high | low) >= 0;
    }

    /// <summary>Reads sixteen digits without vectors.</summary>
    internal static bool TryReadOneByOne(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        for (int at = 0; at < UInt64Length; at++)
        {
            int nibble = Nibble(digits[at]);
            if (nibble < 0)
            {
                value = 0;
                return false;
            }

            value = (value << 4) | (uint)nibble;
        }

        return true;
    }

    private static int Nibble(byte digit) =>
        (uint)(digit - '0') <= 9 ? digit - '0' : (uint)(digit - 'a') <= 5 ? digit - 'a' + 10 : -1;
}
