using System.Globalization;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Journeys.Told;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys;

/// <summary>A journey as its page shows it. Never changed.</summary>
internal sealed class LaidOutJourney
{
    private readonly Dictionary<ulong, JourneyRow> _bySpan = [];

    public LaidOutJourney(Journey journey, JourneyRow root, JourneyLogs logs, bool isPreview)
    {
        Journey = journey;
        Logs = logs;
        IsPreview = isPreview;
        Rows = RowList.Of(root);
        foreach (var row in Rows)
        {
            if (row.Kind == RowKind.Span)
            {
                _bySpan.TryAdd(row.Facts.SpanId, row);
            }
        }

        foreach (var log in logs.All)
        {
            if (_bySpan.TryGetValue(log.Facts.SpanId, out var row))
            {
                row.Flags |= RowFlags.HasLogs;
            }
        }

        foreach (var span in journey.Spans)
        {
            if (_bySpan.TryGetValue(span.Facts.SpanId, out var row) && span.Facts.Links.Any(link => Find(link.Key) is null))
            {
                row.Flags |= RowFlags.LinksElsewhere;
            }
        }

        StartUnixNs = Rows.Min(static row => row.StartUnixNs);
        EndUnixNs = Rows.Max(static row => row.EndUnixNs);
        Way = PathSummary.Of(this);
    }

    public Journey Journey { get; }

    public IReadOnlyList<JourneyRow> Rows { get; }

    public JourneyLogs Logs { get; }

    /// <summary>Only the first of its spans, while all of them are still being read.</summary>
    public bool IsPreview { get; }

    public long StartUnixNs { get; }

    public long EndUnixNs { get; }

    public PathSummary Way { get; }

    public bool IsLive => Journey.Spans.Any(static span => span.Marks.HasFlag(JourneyMarks.Live));

    /// <summary>Another one when something has come since.</summary>
    public string Version => string.Create(
        CultureInfo.InvariantCulture, $"{Rows.Count}-{Journey.Hops.Count}-{Journey.EndUnixNs}-{(IsLive ? 1 : 0)}{Logs.All.Count}");

    public IReadOnlyList<TraceId> Traces => [.. Journey.Spans.Select(static span => span.Facts.TraceId).Distinct()];

    /// <summary>A span's row.</summary>
    public JourneyRow? Find(ulong spanId) => _bySpan.GetValueOrDefault(spanId);

    public JourneyRow? Find(SpanKey key) => Find(key.SpanId) is { } row && row.Facts.TraceId == key.TraceId ? row : null;

    /// <summary>The topic rows of a record: one for each group.</summary>
    public static IEnumerable<JourneyRow> LanesOf(JourneyRow send) =>
        (send.Children ?? []).SelectMany(static child => child.Kind == RowKind.Alike ? child.Children! : [child])
            .Where(static child => child.Kind is RowKind.InTopic or RowKind.Unread);
}
