using System.Globalization;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Server;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Dashboard.Internal.Journeys.Details;

/// <summary>The ways to other tools that fit a journey, a span or a record.</summary>
internal static class SpanLinksOut
{
    private const long NsPerMs = 1_000_000;
    private static readonly string[] OfRecords = ["topic", "partition", "offset"];

    /// <summary>Those that lead to the journey's trace as a whole.</summary>
    public static IEnumerable<(string Name, string Url)> OfJourney(IEnumerable<LinkTemplate> templates, LaidOutJourney journey, string traceId) =>
        Fill(templates, new(StringComparer.Ordinal)
        {
            ["traceId"] = traceId,
            ["fromMs"] = Text(journey.StartUnixNs / NsPerMs),
            ["toMs"] = Text((journey.EndUnixNs / NsPerMs) + 1),
        });

    /// <summary>Those that lead to one span, or to its record; not those to its trace, which the journey has.</summary>
    public static IEnumerable<(string Name, string Url)> OfRow(IEnumerable<LinkTemplate> templates, JourneyRow row)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["traceId"] = row.Facts.TraceId.ToString(),
            ["spanId"] = SpanSummaryView.Hex(row.Facts.SpanId),
            ["service"] = row.Service,
            ["fromMs"] = Text(row.StartUnixNs / NsPerMs),
            ["toMs"] = Text((row.EndUnixNs / NsPerMs) + 1),
        };
        if (row.Topic.Length > 0)
        {
            values["topic"] = row.Topic;
        }

        if (row.Partition >= 0)
        {
            values["partition"] = Text(row.Partition);
        }

        if (row.Offset >= 0)
        {
            values["offset"] = Text(row.Offset);
        }

        return Fill(templates.Where(static template => template.Placeholders.Any(IsOfRow)), values);
    }

    private static bool IsOfRow(string placeholder) => placeholder == "spanId" || placeholder == "service" || OfRecords.Contains(placeholder, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Url)> Fill(IEnumerable<LinkTemplate> templates, Dictionary<string, string> values) =>
        templates.Select(template => (template.Name, Url: template.For(values)))
            .Where(static link => link.Url is not null)
            .Select(static link => (link.Name, link.Url!));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
