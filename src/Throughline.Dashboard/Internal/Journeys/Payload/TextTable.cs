namespace Throughline.Dashboard.Internal.Journeys.Payload;

/// <summary>Texts by number, each once.</summary>
internal sealed class TextTable
{
    // Whoever wants to read more of a name opens its span.
    private const int LengthMax = 200;

    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> All => _texts;

    public uint NumberOf(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers.Add(text, number = (uint)_texts.Count);
            _texts.Add(text.Length > LengthMax ? text[..LengthMax] + "…" : text);
        }

        return number;
    }
}
