using Spectre.Console;

namespace Throughline.Cli.Terminal;

/// <summary>Where tables are drawn: as wide and as colourful as everything else there.</summary>
internal static class TerminalTables
{
    public static IAnsiConsole On(TextWriter output, Screen screen)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = screen.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = screen.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = screen.Width;
        console.Profile.Capabilities.Unicode = screen.Glyphs == Glyphs.Unicode;
        return console;
    }
}
