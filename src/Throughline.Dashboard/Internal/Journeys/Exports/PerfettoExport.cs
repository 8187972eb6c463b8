using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Journeys.Told;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Dashboard.Internal.Journeys.Exports;

/// <summary>
/// A journey for Perfetto: an asynchronous pair (b, e) for each span and each record's time in a topic, since spans of a
/// service overlap and X events must not; a flow (s, f) for each record. A service, and a topic, is a process.
/// </summary>
/// <remarks>https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU</remarks>
internal static class PerfettoExport
{
    private const int RowsAtOnce = 1_000;
    private const double NsPerMicrosecond = 1e3;

    public static async Task WriteAsync(PipeWriter output, LaidOutJourney journey, CancellationToken aborted)
    {
        var json = new Utf8JsonWriter(output);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("displayTimeUnit"u8, "ms"u8);
            json.WriteStartObject("otherData"u8);
            json.WriteString("startUnixNano"u8, journey.StartUnixNs.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteStartArray("traceEvents"u8);
            var processes = Processes(json, journey);
            foreach (var some in journey.Rows.Where(static row => row.Kind != RowKind.Alike).Chunk(RowsAtOnce))
            {
                foreach (var row in some)
                {
                    Pair(json, journey, row, processes[ProcessOf(row)]);
                    Flow(json, journey, row, processes);
                }

                await json.FlushAsync(aborted).ConfigureAwait(false);
                await output.FlushAsync(aborted).ConfigureAwait(false);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await output.FlushAsync(aborted).ConfigureAwait(false);
    }

    private static Dictionary<string, int> Processes(Utf8JsonWriter json, LaidOutJourney journey)
    {
        var processes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in journey.Rows)
        {
            if (row.Kind != RowKind.Alike && processes.TryAdd(ProcessOf(row), processes.Count + 1))
            {
                json.WriteStartObject();
                json.WriteString("ph"u8, "M"u8);
                json.WriteString("name"u8, "process_name"u8);
                json.WriteNumber("pid"u8, processes.Count);
                json.WriteNumber("tid"u8, 0);
                json.WriteStartObject("args"u8);
                json.WriteString("name"u8, ProcessOf(row));
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        return processes;
    }

    private static string ProcessOf(JourneyRow row) =>
        row.Kind == RowKind.Span ? row.Service : $"topic {row.Topic}";

    private static void Pair(Utf8JsonWriter json, LaidOutJourney journey, JourneyRow row, int process)
    {
        Begin(json, "b"u8, "span"u8, RowWords.Label(row), row.Index + 1, process, row.StartUnixNs - journey.StartUnixNs);
        json.WriteStartObject("args"u8);
        json.WriteString("traceId"u8, row.Facts.TraceId.ToString());
        json.WriteString("spanId"u8, SpanSummaryView.Hex(row.Facts.SpanId));
        json.WriteString("kind"u8, MessagingView.Lower(row.Facts.Kind));
        json.WriteString("status"u8, MessagingView.Lower(row.Facts.Status));
        if (row.Group is { } group)
        {
            json.WriteString("group"u8, group);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        Begin(json, "e"u8, "span"u8, RowWords.Label(row), row.Index + 1, process, row.EndUnixNs - journey.StartUnixNs);
        json.WriteEndObject();
    }

    // From the send to the processing, through the topic.
    private static void Flow(Utf8JsonWriter json, LaidOutJourney journey, JourneyRow row, Dictionary<string, int> processes)
    {
        if (row.Hop is not { Send: { } send } hop)
        {
            return;
        }

        var name = RowWords.Place(row.Topic, row.Partition, row.Offset);
        Begin(json, "s"u8, "record"u8, name, row.Index + 1, Process(send.Source.Service), send.StartUnixNs - journey.StartUnixNs);
        json.WriteEndObject();
        Begin(json, "f"u8, "record"u8, name, row.Index + 1, Process(row.Service), hop.Process.StartUnixNs - journey.StartUnixNs);
        json.WriteString("bp"u8, "e"u8);
        json.WriteEndObject();

        // The send's service has no row of its own where a bound has left the send out.
        int Process(string service) => processes.GetValueOrDefault(service, 0);
    }

    private static void Begin(
        Utf8JsonWriter json, ReadOnlySpan<byte> phase, ReadOnlySpan<byte> category, string name, int id, int process, long sinceStartNs)
    {
        json.WriteStartObject();
        json.WriteString("ph"u8, phase);
        json.WriteString("cat"u8, category);
        json.WriteString("name"u8, name);
        json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"0x{id:x}"));
        json.WriteNumber("pid"u8, process);
        json.WriteNumber("tid"u8, 0);
        json.WriteNumber("ts"u8, sinceStartNs / NsPerMicrosecond);
    }
}
