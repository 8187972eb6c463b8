using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Query.Traces;

/// <summary>A trace as it was read: every span once, by their start.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Spans">At least one.</param>
/// <param name="IsSettled">No span of it was found that is not in the store yet.</param>
/// <param name="IsCutShort">There are more spans than were asked for.</param>
internal sealed record FoundTrace(TraceId Id, IReadOnlyList<StoredSpan> Spans, bool IsSettled, bool IsCutShort)
{
    /// <summary>The earliest span without a parent in the trace, else the earliest.</summary>
    public SpanFacts Root
    {
        get
        {
            var ids = Spans.Select(s => s.Facts.SpanId).ToHashSet();
            return Spans.Select(s => s.Facts).FirstOrDefault(s => s.ParentSpanId == 0)
                   ?? Spans.Select(s => s.Facts).FirstOrDefault(s => !ids.Contains(s.ParentSpanId))
                   ?? Spans[0].Facts;
        }
    }

    public long StartUnixNs => Spans[0].Facts.StartUnixNs;

    public long EndUnixNs => Spans.Max(s => s.Facts.StartUnixNs + s.Facts.DurationNs);

    public long DurationNs => EndUnixNs - StartUnixNs;
}
