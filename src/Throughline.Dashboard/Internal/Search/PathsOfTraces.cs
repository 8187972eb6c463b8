using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>The services that a trace went through, for as many rows as there is time for.</summary>
internal static class PathsOfTraces
{
    private const int SpansMax = 100;
    private const int ServicesMax = 5;
    private const string Arrow = " → ";

    private static readonly TimeSpan WorkMax = TimeSpan.FromMilliseconds(40);

    public static IReadOnlyDictionary<TraceId, string> Of(
        ISpanStore store, IEnumerable<StoredSpan> rows, TimeProvider time, CancellationToken cancellationToken)
    {
        var paths = new Dictionary<TraceId, string>();
        var begun = time.GetTimestamp();
        foreach (var trace in rows.Select(row => row.Facts.TraceId).Distinct())
        {
            if (time.GetElapsedTime(begun) >= WorkMax)
            {
                break;
            }

            var services = store.Trace(trace, SpansMax, cancellationToken)
                .OrderBy(span => span.Facts.StartUnixNs)
                .Select(span => span.Facts.Source.Service)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            paths[trace] = services.Count > ServicesMax
                ? string.Join(Arrow, services.Take(ServicesMax)) + $"{Arrow}{services.Count - ServicesMax} more"
                : string.Join(Arrow, services);
        }

        return paths;
    }
}
