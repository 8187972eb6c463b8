using System.Diagnostics;
using System.Text;
using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>Draws recorded spans as trees of text, a line for each span.</summary>
public static class TraceTree
{
    /// <summary>Draws the traces of these spans, oldest first; the length is bounded whatever they are.</summary>
    /// <param name="spans">Spans of one or several traces, in any order; several may share an id.</param>
    /// <param name="options">How much to draw; null for the defaults.</param>
    /// <returns>Lines parted by <c>\n</c>, without one at the end; empty without spans.</returns>
    /// <remarks>
    /// A span whose parent is not among them stands at the top and says so. Spans that are each other's parents are drawn
    /// below a line of their own.
    /// </remarks>
    public static string Render(IEnumerable<RecordedSpan> spans, TraceTreeOptions? options = null)
    {
        options ??= new TraceTreeOptions();
        options.Validate();
        var all = spans.OrderBy(s => s.Start).ToList();
        var line = new TraceTreeLine(all, options);
        var text = new StringBuilder();
        var drawn = 0;

        foreach (var trace in all.GroupBy(s => s.TraceId))
        {
            if (drawn == options.SpansMax)
            {
                break;
            }

            text.Append(Header(trace.Key, [.. trace])).Append('\n');
            foreach (var node in new TraceForest(trace).Walk().Take(options.SpansMax - drawn))
            {
                text.Append(node.Prefix).Append(line.Draw(node)).Append('\n');
                drawn++;
            }
        }

        if (drawn < all.Count)
        {
            text.Append($"… and {all.Count - drawn} more spans\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Header(ActivityTraceId id, List<RecordedSpan> spans)
    {
        var took = spans.Max(s => s.Start + s.Duration) - spans.Min(s => s.Start);
        return $"trace {id} · {spans.Count} span{(spans.Count == 1 ? "" : "s")} · {TraceTreeLine.Time(took)}";
    }
}
