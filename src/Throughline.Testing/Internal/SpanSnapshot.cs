using System.Diagnostics;

namespace Throughline.Testing.Internal;

/// <summary>Copies a live Activity, which its owner may still change, into a <see cref="RecordedSpan"/>.</summary>
internal static class SpanSnapshot
{
    public static RecordedSpan Of(Activity activity, bool hasEnded) => new()
    {
        Name = activity.DisplayName,
        TraceId = activity.TraceId,
        SpanId = activity.SpanId,
        ParentSpanId = activity.ParentSpanId,
        HasRemoteParent = activity.HasRemoteParent,
        Kind = activity.Kind,
        Source = activity.Source.Name,
        Flags = activity.ActivityTraceFlags,
        TraceState = activity.TraceStateString,
        Status = activity.Status,
        StatusDescription = activity.StatusDescription,
        Tags = Copy(activity.TagObjects),
        Baggage = Copy(activity.Baggage),
        Links = [.. activity.Links.Select(link => new RecordedLink(link.Context, Copy(link.Tags ?? [])))],
        Events = [.. activity.Events.Select(e => new RecordedEvent(e.Name, e.Timestamp, Copy(e.Tags)))],
        Start = new DateTimeOffset(activity.StartTimeUtc, TimeSpan.Zero),
        Duration = hasEnded ? activity.Duration : TimeSpan.Zero,
        HasEnded = hasEnded,
    };

    private static Dictionary<string, TValue> Copy<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        var copy = new Dictionary<string, TValue>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            copy[name] = value;
        }

        return copy;
    }
}
