using System.Text;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Journeys.Details;

/// <summary>Everything that there is to say of one span of a journey.</summary>
internal sealed class SpanDetails
{
    private const int PeersMax = 1_000;

    // Each trace elsewhere is read from the store.
    private const int TracesElsewhereMax = 10;

    private readonly ApiServices _server;
    private readonly CancellationToken _aborted;
    private readonly Dictionary<SpanKey, SpanFacts> _elsewhere = [];

    private SpanDetails(ApiServices server, LaidOutJourney journey, JourneyRow row, CancellationToken aborted)
    {
        (_server, Journey, Row, _aborted) = (server, journey, row, aborted);
        Attributes = AttributeLines.Of(OtlpSpan.Attributes(Body.Span));
        Resource = AttributeLines.Of(OtlpSpan.ResourceAttributes(row.Facts.Source.ResourceBytes.Span));
        Logs = [.. journey.Logs.Of(row.Facts)];
        Arrivals = [.. journey.Journey.Hops.Where(hop => hop.Process.Key == row.Facts.Key)];
        Lanes = [.. LaidOutJourney.LanesOf(row)];
    }

    public LaidOutJourney Journey { get; }

    public JourneyRow Row { get; }

    public SpanFacts Facts => Row.Facts;

    public IReadOnlyList<AttributeLine> Attributes { get; }

    public IReadOnlyList<AttributeLine> Resource { get; }

    public IReadOnlyList<StoredLog> Logs { get; }

    /// <summary>Of a processing: the records that it came by.</summary>
    public IReadOnlyList<Hop> Arrivals { get; }

    /// <summary>Of a send: what became of its record in each group.</summary>
    public IReadOnlyList<JourneyRow> Lanes { get; }

    /// <summary>What it links to.</summary>
    public IReadOnlyList<LinkedPeer> LinksTo { get; private set; } = [];

    /// <summary>What of this journey links to it.</summary>
    public IReadOnlyList<LinkedPeer> LinkedBy { get; private set; } = [];

    public bool IsBatch => Facts.IsProcessing() && Facts.IsBatch();

    public string? StatusMessage => OtlpSpan.StatusMessage(Body.Span) is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : null;

    public OrphanFix? Fix => Row.Span?.Orphan is { } orphan ? OrphanAdvice.For(orphan.Cause, Facts.Source) : null;

    /// <summary>By how much clocks differ, in a sentence; null where they do not.</summary>
    public string? SkewSentence
    {
        get
        {
            if (Arrivals.FirstOrDefault(static hop => hop.Timing.Skew is not null) is { } hop)
            {
                return $"Processing seems to begin {Words.Duration(hop.Timing.Skew)} before the record was sent: the clocks of {hop.Send?.Source.Service ?? "the sender"} and {Facts.Source.Service} differ by that or more. Times are shown as sent; no lag is counted.";
            }

            return Row.Has(RowFlags.ClockSkew) && Journey.Find(new SpanKey(Facts.TraceId, Facts.ParentSpanId)) is { } parent
                ? $"It seems to begin {Words.Duration(parent.Facts.StartUnixNs - Facts.StartUnixNs)} before its parent {parent.Facts.Name} of {parent.Service}: their clocks differ. Times are shown as sent."
                : null;
        }
    }

    public ReadOnlyMemory<byte> Body => Row.Span!.Span.Body;

    /// <param name="server">Where traces elsewhere are.</param>
    /// <param name="journey">The journey.</param>
    /// <param name="row">A span's row.</param>
    /// <param name="aborted">Nobody waits any more.</param>
    public static async Task<SpanDetails> ReadAsync(ApiServices server, LaidOutJourney journey, JourneyRow row, CancellationToken aborted)
    {
        var details = new SpanDetails(server, journey, row, aborted);
        await details.ReadElsewhereAsync().ConfigureAwait(false);
        details.LinksTo = [.. row.Facts.Links.Take(PeersMax).Select(details.PeerOf)];
        details.LinkedBy =
        [
            .. journey.Journey.Spans
                .Where(span => span.Facts.Links.Any(link => link.Key == row.Facts.Key))
                .Take(PeersMax)
                .Select(span => new LinkedPeer(
                    span.Facts.Key, span.Facts, journey.Find(span.Facts.Key), null, Positive(span.Facts.StartUnixNs - row.Facts.EndUnixNs))),
        ];
        return details;
    }

    private LinkedPeer PeerOf(SpanLink link)
    {
        var row = Journey.Find(link.Key);
        var facts = row?.Facts ?? _elsewhere.GetValueOrDefault(link.Key);
        return new LinkedPeer(link.Key, facts, row, link, facts is null ? null : Positive(Facts.StartUnixNs - facts.EndUnixNs));
    }

    private async Task ReadElsewhereAsync()
    {
        var missing = Facts.Links.Select(static link => link.Key).Where(key => Journey.Find(key) is null).ToHashSet();
        foreach (var trace in missing.Select(static key => key.TraceId).Distinct().Take(TracesElsewhereMax))
        {
            if (await _server.Traces.ReadAsync(trace, _aborted).ConfigureAwait(false) is not { } found)
            {
                continue;
            }

            foreach (var span in found.Spans.Where(span => missing.Contains(span.Facts.Key)))
            {
                _elsewhere.TryAdd(span.Facts.Key, span.Facts);
            }
        }
    }

    private static long? Positive(long ns) => ns >= 0 ? ns : null;
}
