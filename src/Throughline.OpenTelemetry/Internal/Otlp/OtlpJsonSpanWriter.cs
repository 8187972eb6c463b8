using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>One span in OTLP's JSON: hex ids, enums as numbers, 64-bit integers as strings, empty fields left out.</summary>
internal sealed class OtlpJsonSpanWriter(Utf8JsonWriter json, SpanLimits limits)
{
    private const uint FlagsSayWhetherRemote = 0x100;
    private const uint FlagsRemote = 0x200;

    public void Write(Activity span)
    {
        json.WriteStartObject();
        WriteIdentity(span);
        json.WriteString("name", span.DisplayName);
        json.WriteNumber("kind", (int)span.Kind + 1);
        var start = UnixTime.Nanoseconds(span.StartTimeUtc);
        WriteLong("startTimeUnixNano", start);
        WriteLong("endTimeUnixNano", start + (span.Duration.Ticks * TimeSpan.NanosecondsPerTick));
        WriteAttributes(span);
        WriteEvents(span);
        WriteLinks(span);
        WriteStatus(SpanStatus.Of(span));
        json.WriteEndObject();
    }

    private void WriteIdentity(Activity span)
    {
        json.WriteString("traceId", span.TraceId.ToHexString());
        json.WriteString("spanId", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
        {
            json.WriteString("parentSpanId", span.ParentSpanId.ToHexString());
        }

        WriteContext(span.TraceStateString, span.ActivityTraceFlags, span.HasRemoteParent);
    }

    private void WriteContext(string? traceState, ActivityTraceFlags flags, bool isRemote)
    {
        if (!string.IsNullOrEmpty(traceState))
        {
            json.WriteString("traceState", traceState);
        }

        json.WriteNumber("flags", (uint)flags | FlagsSayWhetherRemote | (isRemote ? FlagsRemote : 0));
    }

    private void WriteAttributes(Activity span)
    {
        var attributes = new AttributeList(json, limits.AttributeCountMax, limits.AttributeLengthMax);
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (!SpanStatus.IsTag(tag.Key))
            {
                attributes.Add(tag);
            }
        }

        attributes.End();
    }

    private void WriteEvents(Activity span)
    {
        var count = 0;
        foreach (ref readonly var happening in span.EnumerateEvents())
        {
            if (count++ >= limits.EventCountMax)
            {
                continue;
            }

            StartArrayAtFirst("events", count);
            json.WriteStartObject();
            WriteLong("timeUnixNano", UnixTime.Nanoseconds(happening.Timestamp.UtcDateTime));
            json.WriteString("name", happening.Name);
            var attributes = new AttributeList(json, limits.EventAttributeCountMax, limits.AttributeLengthMax);
            foreach (ref readonly var tag in happening.EnumerateTagObjects())
            {
                attributes.Add(tag);
            }

            attributes.End();
            json.WriteEndObject();
        }

        EndArray(count, limits.EventCountMax, "droppedEventsCount");
    }

    private void WriteLinks(Activity span)
    {
        var count = 0;
        foreach (ref readonly var link in span.EnumerateLinks())
        {
            if (count++ >= limits.LinkCountMax)
            {
                continue;
            }

            StartArrayAtFirst("links", count);
            json.WriteStartObject();
            json.WriteString("traceId", link.Context.TraceId.ToHexString());
            json.WriteString("spanId", link.Context.SpanId.ToHexString());
            WriteContext(link.Context.TraceState, link.Context.TraceFlags, link.Context.IsRemote);
            var attributes = new AttributeList(json, limits.LinkAttributeCountMax, limits.AttributeLengthMax);
            foreach (ref readonly var tag in link.EnumerateTagObjects())
            {
                attributes.Add(tag);
            }

            attributes.End();
            json.WriteEndObject();
        }

        EndArray(count, limits.LinkCountMax, "droppedLinksCount");
    }

    private void WriteStatus(SpanStatus status)
    {
        if (status.Code == ActivityStatusCode.Unset)
        {
            return;
        }

        json.WriteStartObject("status");
        json.WriteNumber("code", (int)status.Code);
        if (status.Code == ActivityStatusCode.Error && !string.IsNullOrEmpty(status.Description))
        {
            json.WriteString("message", status.Description);
        }

        json.WriteEndObject();
    }

    private void StartArrayAtFirst(string name, int count)
    {
        if (count == 1)
        {
            json.WriteStartArray(name);
        }
    }

    private void EndArray(int count, int countMax, string droppedName)
    {
        if (count > 0 && countMax > 0)
        {
            json.WriteEndArray();
        }

        if (count > countMax)
        {
            json.WriteNumber(droppedName, count - countMax);
        }
    }

    private void WriteLong(string name, long value) => json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
}
