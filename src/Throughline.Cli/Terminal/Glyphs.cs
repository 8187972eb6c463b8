namespace Throughline.Cli.Terminal;

/// <summary>The signs that pictures are drawn with.</summary>
internal sealed record Glyphs
{
    public static readonly Glyphs Unicode = new()
    {
        Full = '█',
        LeftHalf = '▌',
        RightHalf = '▐',
        Wait = '┄',
        WaitEnd = '┤',
        WaitBegin = '├',
        Branch = "├ ",
        LastBranch = "└ ",
        Trunk = "│ ",
        WaitBranch = "┆ ",
        Whole = "✓",
        Broken = "✗",
        Cut = "✂",
        Dot = "·",
        Rule = '─',
        Ellipsis = "…",
        Running = "…",
        Link = "→",
    };

    public static readonly Glyphs Ascii = new()
    {
        Full = '#',
        LeftHalf = '#',
        RightHalf = '#',
        Wait = '.',
        WaitEnd = '|',
        WaitBegin = '|',
        Branch = "|-",
        LastBranch = "`-",
        Trunk = "| ",
        WaitBranch = ": ",
        Whole = "ok",
        Broken = "x",
        Cut = "-x-",
        Dot = "-",
        Rule = '-',
        Ellipsis = "~",
        Running = "...",
        Link = "->",
    };

    public required char Full { get; init; }

    public required char LeftHalf { get; init; }

    public required char RightHalf { get; init; }

    public required char Wait { get; init; }

    public required char WaitBegin { get; init; }

    public required char WaitEnd { get; init; }

    public required string Branch { get; init; }

    public required string LastBranch { get; init; }

    public required string Trunk { get; init; }

    public required string WaitBranch { get; init; }

    public required string Whole { get; init; }

    public required string Broken { get; init; }

    public required string Cut { get; init; }

    public required string Dot { get; init; }

    public required char Rule { get; init; }

    public required string Ellipsis { get; init; }

    public required string Running { get; init; }

    public required string Link { get; init; }
}
