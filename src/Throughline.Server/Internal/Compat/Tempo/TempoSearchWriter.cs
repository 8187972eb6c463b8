using System.Globalization;
using System.Text.Json;
using Throughline.Server.Internal.Query.Traces;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>Writes what a search found, as Tempo does.</summary>
internal sealed class TempoSearchWriter(TempoSearchRequest request)
{
    private const string RootMissing = "<root span not yet received>";
    private const long NsPerMs = 1_000_000;

    private readonly TempoAttributes _attributes = new(request.Where);

    public void Write(Utf8JsonWriter json, IReadOnlyList<MatchedTrace> found)
    {
        json.WriteStartObject();
        json.WriteStartArray("traces"u8);
        foreach (var one in found)
        {
            WriteTrace(json, one);
        }

        json.WriteEndArray();
        json.WriteStartObject("metrics"u8);
        json.WriteNumber("inspectedTraces"u8, found.Count);
        json.WriteNumber("completedJobs"u8, 1);
        json.WriteNumber("totalJobs"u8, 1);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteTrace(Utf8JsonWriter json, MatchedTrace found)
    {
        var trace = found.Trace;
        var root = trace.Root;
        json.WriteStartObject();
        json.WriteString("traceID"u8, trace.Id.ToString().TrimStart('0'));
        json.WriteString("rootServiceName"u8, root.ParentSpanId == 0 ? root.Source.Service : RootMissing);
        if (root.ParentSpanId == 0)
        {
            json.WriteString("rootTraceName"u8, root.Name);
        }

        json.WriteString("startTimeUnixNano"u8, Text(trace.StartUnixNs));
        if (trace.DurationNs >= NsPerMs)
        {
            json.WriteNumber("durationMs"u8, trace.DurationNs / NsPerMs);
        }

        if (request.IsTraceQl)
        {
            json.WriteStartArray("spanSets"u8);
            WriteSpanSet(json, found);
            json.WriteEndArray();
        }

        WriteServices(json, trace);
        json.WriteEndObject();
    }

    private void WriteSpanSet(Utf8JsonWriter json, MatchedTrace found)
    {
        var matched = found.Matched.Select(s => s.Identity).ToHashSet();
        json.WriteStartObject();
        json.WriteStartArray("spans"u8);
        foreach (var span in found.Trace.Spans.Where(s => matched.Contains(s.Facts.Identity)).Take(request.SpansPerSpanSet))
        {
            WriteSpan(json, span);
        }

        json.WriteEndArray();
        json.WriteNumber("matched"u8, matched.Count);
        json.WriteEndObject();
    }

    private void WriteSpan(Utf8JsonWriter json, StoredSpan span)
    {
        json.WriteStartObject();
        json.WriteString("spanID"u8, span.Facts.SpanId.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("name"u8, span.Facts.Name);
        json.WriteString("startTimeUnixNano"u8, Text(span.Facts.StartUnixNs));
        json.WriteString("durationNanos"u8, Text(span.Facts.DurationNs));
        _attributes.Write(json, span);
        json.WriteEndObject();
    }

    private static void WriteServices(Utf8JsonWriter json, FoundTrace trace)
    {
        json.WriteStartObject("serviceStats"u8);
        foreach (var service in trace.Spans.GroupBy(s => s.Facts.Source.Service, StringComparer.Ordinal))
        {
            json.WriteStartObject(service.Key);
            json.WriteNumber("spanCount"u8, service.Count());
            var errors = service.Count(s => s.Facts.Status == SpanStatus.Error);
            if (errors > 0)
            {
                json.WriteNumber("errorCount"u8, errors);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
