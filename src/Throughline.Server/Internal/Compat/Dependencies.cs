using System.Text.Json;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Compat;

/// <summary>Who calls whom, counted as Jaeger and Zipkin count it, over the newest spans of a time.</summary>
internal sealed class Dependencies(SpanReader spans)
{
    /// <summary>Spans that are counted at most; the server's own topology counts all.</summary>
    public const int SpansMax = 50_000;

    public static void Write(Utf8JsonWriter json, IEnumerable<DependencyLink> links)
    {
        json.WriteStartArray();
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("parent"u8, link.Parent);
            json.WriteString("child"u8, link.Child);
            json.WriteNumber("callCount"u8, link.Calls);
            if (link.Errors > 0)
            {
                json.WriteNumber("errorCount"u8, link.Errors);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Jaeger's: every span with its parent, of whatever services.</summary>
    public IReadOnlyList<DependencyLink> OfParents(TimeRange range, CancellationToken cancellationToken)
    {
        var all = spans.Newest(where: null, range, SpansMax, cancellationToken).Select(s => s.Facts).ToList();
        var services = new Dictionary<SpanKey, string>();
        foreach (var span in all)
        {
            services[span.Key] = span.Source.Service;
        }

        return Count(all
            .Where(s => s.ParentSpanId != 0)
            .Select(s => (Parent: services.GetValueOrDefault(new SpanKey(s.TraceId, s.ParentSpanId)), Child: s.Source.Service, IsError: false))
            .Where(l => l.Parent is not null)
            .Select(l => (l.Parent!, l.Child, l.IsError)));
    }

    /// <summary>Sums links between the same two.</summary>
    public static IReadOnlyList<DependencyLink> Count(IEnumerable<(string Parent, string Child, bool IsError)> links) =>
    [
        .. links.GroupBy(l => (l.Parent, l.Child))
            .Select(g => new DependencyLink(g.Key.Parent, g.Key.Child, g.Count(), g.Count(l => l.IsError))),
    ];
}
