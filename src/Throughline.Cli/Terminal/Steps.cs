using System.Diagnostics;

namespace Throughline.Cli.Terminal;

/// <summary>Says on stderr what a command is doing: a line a step, rewritten while it runs where that is possible.</summary>
internal sealed class Steps(TextWriter writer, Screen screen)
{
    private const string EraseLine = "\r\e[K";
    private static readonly TimeSpan RewriteIntervalMin = TimeSpan.FromMilliseconds(50);

    private readonly Ink _ink = new(screen.Colour);
    private string _name = "";
    private long _started;
    private long _rewritten;
    private bool _open;

    /// <summary>Begins a step.</summary>
    public void Begin(string name, string detail)
    {
        _name = name;
        _started = Stopwatch.GetTimestamp();
        _rewritten = 0;
        _open = true;
        Update(detail);
    }

    /// <summary>Shows how far the step is.</summary>
    public void Update(string detail)
    {
        if (screen.Live && (_rewritten == 0 || Stopwatch.GetElapsedTime(_rewritten) >= RewriteIntervalMin))
        {
            _rewritten = Stopwatch.GetTimestamp();
            writer.Write($"{EraseLine}{_ink.Dim(Line(screen.Glyphs.Running, detail, time: ""))}");
            writer.Flush();
        }
    }

    /// <summary>Ends the step well.</summary>
    public void Done(string detail) => End(_ink.Good(screen.Glyphs.Whole), detail);

    /// <summary>Ends the step with something amiss.</summary>
    public void Amiss(string detail) => End(_ink.Bad(screen.Glyphs.Broken), detail);

    /// <summary>Takes a running step's line away, before other text comes.</summary>
    public void Clear()
    {
        if (_open && screen.Live)
        {
            writer.Write(EraseLine);
        }

        _open = false;
    }

    /// <summary>Sets the steps off from the result, where both are on one screen.</summary>
    public void Finish()
    {
        if (screen.Live)
        {
            writer.WriteLine();
        }
    }

    private void End(string mark, string detail)
    {
        var time = $"{Stopwatch.GetElapsedTime(_started).TotalSeconds:0.0} s";
        Clear();
        writer.WriteLine(Line(mark, detail, time));
    }

    private string Line(string mark, string detail, string time)
    {
        var room = screen.Width - 22;
        var text = detail.Length > room && screen.Live ? detail[..(room - 1)] + screen.Glyphs.Ellipsis : detail;
        return $"{mark} {_name,-9} {text.PadRight(time.Length == 0 ? 0 : room)} {time,6}";
    }
}
