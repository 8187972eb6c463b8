using System.Text;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// One string for a name that recurs: topics, groups, span names. A bounded cache whose places are taken over by whoever
/// comes later, so that a flood of names costs allocations and never memory. For many threads, without a lock: an entry is
/// immutable and is replaced whole.
/// </summary>
internal sealed class Names
{
    /// <summary>Names kept at most.</summary>
    public const int CountMax = 16 * 1024;

    /// <summary>A longer name is no name that recurs: it gets a string of its own, each time.</summary>
    public const int LengthMax = 200;

    /// <summary>
    /// What is kept in memory of a text, in bytes: a name of megabytes is cut there. The span itself keeps all of it.
    /// </summary>
    public const int TextMax = 4096;

    private const int Ways = 4;

    private readonly Entry?[] _entries = new Entry?[CountMax];
    private uint _turn;

    /// <summary>The string for these bytes of UTF-8; bytes that are none become U+FFFD.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LengthMax)
        {
            return Once(utf8);
        }

        var hash = Hash(utf8);
        var set = (hash & (CountMax - 1)) / Ways * Ways;
        for (var i = 0; i < Ways; i++)
        {
            if (_entries[set + i] is { } entry && entry.Hash == hash && utf8.SequenceEqual(entry.Utf8))
            {
                return entry.Text;
            }
        }

        return Add(utf8, hash, set);
    }

    /// <summary>A string of its own, for what does not recur.</summary>
    public static string Once(ReadOnlySpan<byte> utf8)
    {
        var length = Math.Min(utf8.Length, TextMax);
        // Not within a character, whose bytes after the first are 10xxxxxx.
        while (length < utf8.Length && length > 0 && (utf8[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(utf8[..length]);
    }

    private string Add(ReadOnlySpan<byte> utf8, int hash, int set)
    {
        var added = new Entry(hash, utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        var place = set + (int)(_turn++ % Ways);
        for (var i = 0; i < Ways; i++)
        {
            if (_entries[set + i] is null)
            {
                place = set + i;
                break;
            }
        }

        Volatile.Write(ref _entries[place], added);
        return added.Text;
    }

    // Seeded anew in each process: nobody can choose names that all fall into one place.
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        return hash.ToHashCode();
    }

    private sealed record Entry(int Hash, byte[] Utf8, string Text);
}
