using System.IO.Pipelines;
using System.Text;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Journeys.Told;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal;

namespace Throughline.Dashboard.Internal.Journeys.Exports;

/// <summary>A journey for an issue or a chat: what it waited for, and its rows as the page shows them at first.</summary>
internal static class MarkdownExport
{
    private const int RowsMax = 500;

    public static async Task WriteAsync(PipeWriter output, LaidOutJourney journey, CancellationToken aborted)
    {
        var text = new StringBuilder();
        Head(text, journey);
        Table(text, journey);
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), aborted).ConfigureAwait(false);
    }

    /// <summary>A stranger's text within a line of a table: it can neither end the cell nor become markup.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                escaped.Append(' ');
                continue;
            }

            if ("\\`*_{}[]<>()#+!|~&@:".Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static void Head(StringBuilder text, LaidOutJourney journey)
    {
        text.Append("# Journey `").Append(journey.Journey.Spans[0].Facts.TraceId).Append("`\n\n");
        text.Append(Escape(journey.Way.Sentence)).Append("\n\n");
        text.Append("Way: ").Append(Escape(string.Join(" → ", journey.Journey.Path))).Append("\n\n");
        text.Append("| where | time | share |\n|---|---:|---:|\n");
        foreach (var (part, ns) in journey.Way.Shares)
        {
            text.Append("| ").Append(PartWords.Of(part)).Append(" | ").Append(Words.Duration(ns)).Append(" | ")
                .Append(Words.Percent(journey.Way.DurationNs == 0 ? null : ns / (double)journey.Way.DurationNs)).Append(" |\n");
        }

        foreach (var sentence in OmissionWords.Of(journey.Journey.Omissions))
        {
            text.Append('\n').Append(Escape(sentence)).Append('\n');
        }
    }

    private static void Table(StringBuilder text, LaidOutJourney journey)
    {
        text.Append("\nBegins at ").Append(UnixTime.Rfc3339(journey.StartUnixNs)).Append(".\n\n");
        text.Append("| begins after | takes | what | service | notes |\n|---:|---:|---|---|---|\n");
        var count = 0;
        foreach (var row in Folding.Visible(journey.Rows, Folding.None))
        {
            if (++count > RowsMax)
            {
                text.Append("\nThere are more rows; these are the first ").Append(RowsMax).Append(".\n");
                return;
            }

            text.Append("| ").Append(Words.Duration(row.StartUnixNs - journey.StartUnixNs))
                .Append(" | ").Append(Words.Duration(row.EndUnixNs - row.StartUnixNs))
                .Append(" | ").Append(string.Concat(Enumerable.Repeat("· ", Math.Min(row.Level - 1, 20)))).Append(Escape(RowWords.Label(row)))
                .Append(" | ").Append(row.Kind is RowKind.InTopic or RowKind.Unread ? "" : Escape(row.Service))
                .Append(" | ").Append(string.Join(", ", BadgeWords.Of(row).Select(static badge => Escape(badge.Words)))).Append(" |\n");
        }
    }
}
