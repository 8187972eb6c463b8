namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>Spreads 64 bits over 64 bits (the finalizer of splitmix64): for tables that keep hashes in place of keys.</summary>
internal static class Mixing
{
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
