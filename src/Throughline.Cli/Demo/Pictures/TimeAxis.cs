using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo.Pictures;

/// <summary>Puts times on a row of character cells, half a cell exact.</summary>
internal sealed class TimeAxis(long fromUnixNano, long untilUnixNano, int cells, Glyphs glyphs)
{
    private readonly double _halvesPerNano = 2.0 * cells / Math.Max(1, untilUnixNano - fromUnixNano);

    /// <summary>A thick bar, at least half a cell.</summary>
    public string Work(long from, long until)
    {
        var (begin, end) = Halves(from, until);
        return string.Create(cells, (begin, end, glyphs), static (row, bar) =>
        {
            for (var cell = 0; cell < row.Length; cell++)
            {
                var left = bar.begin <= 2 * cell && 2 * cell < bar.end;
                var right = bar.begin <= (2 * cell) + 1 && (2 * cell) + 1 < bar.end;
                row[cell] = (left, right) switch
                {
                    (true, true) => bar.glyphs.Full,
                    (true, false) => bar.glyphs.LeftHalf,
                    (false, true) => bar.glyphs.RightHalf,
                    _ => ' ',
                };
            }
        });
    }

    /// <summary>A thin line between two ticks, at least one cell: waiting must not look like work.</summary>
    public string Wait(long from, long until)
    {
        var (begin, end) = Halves(from, until);
        var first = begin / 2;
        var last = Math.Max(first, (end - 1) / 2);
        var line = last == first
            ? glyphs.Wait.ToString()
            : glyphs.WaitBegin + new string(glyphs.Wait, last - first - 1) + glyphs.WaitEnd;
        return (new string(' ', first) + line).PadRight(cells);
    }

    /// <summary>The scale: zero, the middle where there is room, the end.</summary>
    public string Scale()
    {
        var total = TimeSpan.FromTicks((untilUnixNano - fromUnixNano) / TimeSpan.NanosecondsPerTick);
        var (middle, end) = (Words.Duration(total / 2), Words.Duration(total));
        var row = new char[cells];
        Array.Fill(row, ' ');
        row[0] = '0';
        end.CopyTo(row.AsSpan(Math.Max(0, cells - end.Length)));
        if (cells > (2 * (end.Length + middle.Length)) + 2)
        {
            middle.CopyTo(row.AsSpan((cells / 2) - (middle.Length / 2)));
        }

        return new string(row);
    }

    private (int Begin, int End) Halves(long from, long until)
    {
        var begin = Math.Clamp((int)Math.Round((from - fromUnixNano) * _halvesPerNano), 0, (2 * cells) - 1);
        var end = Math.Clamp((int)Math.Round((until - fromUnixNano) * _halvesPerNano), begin + 1, 2 * cells);
        return (begin, end);
    }
}
