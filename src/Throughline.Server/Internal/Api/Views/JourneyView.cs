using Throughline.Server.Internal.Journeys;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A journey.</summary>
/// <param name="Start">The earliest span's.</param>
/// <param name="DurationNano">To the latest end.</param>
/// <param name="TraceIds">The traces that it goes through.</param>
/// <param name="Path">Services and topics along the critical path.</param>
/// <param name="Spans">By their start.</param>
/// <param name="Hops">Records on their way, by where processing begins.</param>
/// <param name="CriticalPath">What the journey's end waited for, first to last.</param>
/// <param name="Beside">Other records of batches that this journey's records were in.</param>
/// <param name="Omissions">What bounds left out.</param>
internal sealed record JourneyView(
    string Start,
    long DurationNano,
    IReadOnlyList<string> TraceIds,
    IReadOnlyList<string> Path,
    IReadOnlyList<JourneySpanView> Spans,
    IReadOnlyList<HopView> Hops,
    IReadOnlyList<SegmentView> CriticalPath,
    IReadOnlyList<BesideView> Beside,
    IReadOnlyList<Omission> Omissions)
{
    public static JourneyView Of(Journey journey) => new(
        UnixTime.Rfc3339(journey.StartUnixNs),
        journey.EndUnixNs - journey.StartUnixNs,
        [.. journey.Spans.Select(s => s.Facts.TraceId.ToString()).Distinct(StringComparer.Ordinal)],
        journey.Path,
        [.. journey.Spans.Select(JourneySpanView.Of)],
        [.. journey.Hops.Select(HopView.Of)],
        [.. journey.CriticalPath.Select(SegmentView.Of)],
        [.. journey.Beside.Select(BesideView.Of)],
        journey.Omissions);
}
