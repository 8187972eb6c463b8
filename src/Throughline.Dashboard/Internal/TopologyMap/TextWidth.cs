using System.Globalization;
using System.Text;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>About how wide a text is in letters, without a font: wide scripts take two each.</summary>
internal static class TextWidth
{
    private const int WideFrom = 0x1100;

    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The text, or its beginning and an ellipsis where it is wider than allowed.</summary>
    public static string Cut(string text, int max)
    {
        if (Of(text) <= max)
        {
            return text;
        }

        var cut = new StringBuilder();
        var width = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
            if (width > max)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.Append('…').ToString();
    }

    private static int Of(Rune rune) => rune.Value >= WideFrom ? 2
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Control or UnicodeCategory.Format ? 0
        : 1;
}
