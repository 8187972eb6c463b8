using Throughline.Server.Internal.Assemble;

namespace Throughline.Server.Internal.Journeys;

/// <summary>
/// One origin's ancestors and descendants, through parents, links and record identity. Built when it is asked for.
/// </summary>
/// <param name="Spans">Every span once, by start.</param>
/// <param name="Hops">Records on their way, by where processing begins; retries and dead letters among them.</param>
/// <param name="Beside">Other records of batches that this journey's records were in: named, not joined.</param>
/// <param name="CriticalPath">What the journey's end waited for, first to last.</param>
/// <param name="Path">Services and topics along the critical path.</param>
/// <param name="Omissions">What the bounds left out; empty where the journey is whole.</param>
internal sealed record Journey(
    IReadOnlyList<JourneySpan> Spans,
    IReadOnlyList<Hop> Hops,
    IReadOnlyList<BesideRecord> Beside,
    IReadOnlyList<PathSegment> CriticalPath,
    IReadOnlyList<string> Path,
    IReadOnlyList<Omission> Omissions)
{
    public long StartUnixNs => Spans.Count == 0 ? 0 : Spans[0].Facts.StartUnixNs;

    public long EndUnixNs => Spans.Count == 0 ? 0 : Spans.Max(static span => span.Facts.EndUnixNs);
}
