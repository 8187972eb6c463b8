using System.Buffers;
using System.Text.Json;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Names that statistics repeat at every interval: each is a string once.</summary>
internal sealed class NameTable
{
    // A client that meets more topics than this, deleted ones included, starts over.
    private const int KeptMax = 10_000;

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">What follows is no string.</exception>
    internal string Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A name was expected.");
        }

        // In UTF-16 it is never longer than in UTF-8.
        var text = ArrayPool<char>.Shared.Rent(json.ValueSpan.Length);
        try
        {
            return Of(text.AsSpan(0, json.CopyString(text)));
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A name is not valid text.", exception);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private string Of(ReadOnlySpan<char> text)
    {
        if (_kept.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var kept))
        {
            return kept;
        }

        if (_kept.Count >= KeptMax)
        {
            _kept.Clear();
        }

        var name = text.ToString();
        _kept.Add(name);
        return name;
    }
}
