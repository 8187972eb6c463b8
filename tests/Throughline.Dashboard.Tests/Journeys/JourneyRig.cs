using Throughline.Dashboard.Internal.Journeys;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Journeys.Told;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Journeys;

/// <summary>Journeys of spans that tests make up, read and laid out as the dashboard does it.</summary>
internal sealed class JourneyRig
{
    private readonly SteppedTime _time = new();
    private readonly MemoryStore _store = new();

    public JourneyRig() => Clients = new(_time);

    public Clients Clients { get; }

    public long Now => _time.UnixNs;

    public void Store(params SpanFacts[] spans)
    {
        foreach (var span in spans)
        {
            _store.Append(span, default);
        }
    }

    public async Task<LaidOutJourney> OfTraceAsync(SpanFacts span, params string[] groups)
    {
        var reader = new JourneyReader(_store, (_, _) => Task.FromResult<IReadOnlyList<Server.Internal.Store.StoredSpan>>([]), _time, new JourneyOptions());
        var journey = (await reader.OfTraceAsync(span.TraceId, default))!;
        return new(journey, RowTree.Of(journey, Unread), JourneyLogs.None, isPreview: false);

        IEnumerable<Reader> Unread(SpanFacts send, IReadOnlySet<string> read) =>
            groups.Where(group => !read.Contains(group)).Select(group => new Reader(group, "not seen"));
    }

    /// <summary>Rows as an outline: two blanks a level, then what the row is called.</summary>
    public static IEnumerable<string> Outline(IEnumerable<JourneyRow> rows) => rows.Select(row =>
        new string(' ', 2 * (row.Level - 1)) + RowWords.Label(row).Split(" · ")[0] + (row.Group is null ? "" : $" → {row.Group}"));
}
