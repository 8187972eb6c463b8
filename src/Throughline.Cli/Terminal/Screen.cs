using System.Text;

namespace Throughline.Cli.Terminal;

/// <summary>What can be shown where a stream goes: width, colour, glyphs. Decided once, from the environment.</summary>
internal sealed record Screen
{
    private const int WidthWithoutTerminal = 80;
    private const int WidthMin = 60;
    private const int WidthMax = 200;

    /// <summary>Columns to fill.</summary>
    public required int Width { get; init; }

    /// <summary>Colours may be used; never the only bearer of a meaning.</summary>
    public required bool Colour { get; init; }

    /// <summary>A line may be rewritten while work goes on.</summary>
    public required bool Live { get; init; }

    public required Glyphs Glyphs { get; init; }

    /// <summary>For stdout or stderr, as the terminal, NO_COLOR, TERM and COLUMNS have it.</summary>
    public static Screen Of(bool redirected, Encoding encoding, Func<string, string?> variable)
    {
        var dumb = variable("TERM") == "dumb";
        var terminal = !redirected && !dumb;
        return new Screen
        {
            Width = Math.Clamp(MeasureWidth(redirected, variable), WidthMin, WidthMax),
            Colour = terminal && string.IsNullOrEmpty(variable("NO_COLOR")),
            Live = terminal,
            Glyphs = encoding.CodePage == Encoding.UTF8.CodePage ? Glyphs.Unicode : Glyphs.Ascii,
        };
    }

    private static int MeasureWidth(bool redirected, Func<string, string?> variable)
    {
        if (int.TryParse(variable("COLUMNS"), out var columns) && columns > 0)
        {
            return columns;
        }

        return redirected || Console.WindowWidth <= 0 ? WidthWithoutTerminal : Console.WindowWidth;
    }
}
