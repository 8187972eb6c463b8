namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// The fields of OTLP's messages that are read or written here, as tags: number and wire type in one. A known number with
/// another wire type is so stepped over like an unknown field, as protobuf wants it.
/// </summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto, version 1.</remarks>
internal static class OtlpTags
{
    private const uint Varint = (uint)WireType.Varint;
    private const uint Fixed64 = (uint)WireType.Fixed64;
    private const uint Bytes = (uint)WireType.Bytes;
    private const uint Fixed32 = (uint)WireType.Fixed32;

    /// <summary>ExportTraceServiceRequest, ExportLogsServiceRequest and ExportMetricsServiceRequest alike.</summary>
    internal static class Request
    {
        internal const uint Resources = (1 << 3) | Bytes;
    }

    /// <summary>ResourceSpans, ResourceLogs and ResourceMetrics alike.</summary>
    internal static class ResourceItems
    {
        internal const uint Resource = (1 << 3) | Bytes;
        internal const uint Scopes = (2 << 3) | Bytes;
        internal const uint SchemaUrl = (3 << 3) | Bytes;
    }

    /// <summary>ScopeSpans, ScopeLogs and ScopeMetrics alike.</summary>
    internal static class ScopeItems
    {
        internal const uint Scope = (1 << 3) | Bytes;
        internal const uint Items = (2 << 3) | Bytes;
        internal const uint SchemaUrl = (3 << 3) | Bytes;
    }

    internal static class Resource
    {
        internal const uint Attributes = (1 << 3) | Bytes;
        internal const uint DroppedAttributes = (2 << 3) | Varint;
    }

    internal static class Scope
    {
        internal const uint Name = (1 << 3) | Bytes;
        internal const uint Version = (2 << 3) | Bytes;
        internal const uint Attributes = (3 << 3) | Bytes;
        internal const uint DroppedAttributes = (4 << 3) | Varint;
    }

    internal static class Span
    {
        internal const uint TraceId = (1 << 3) | Bytes;
        internal const uint SpanId = (2 << 3) | Bytes;
        internal const uint TraceState = (3 << 3) | Bytes;
        internal const uint ParentSpanId = (4 << 3) | Bytes;
        internal const uint Name = (5 << 3) | Bytes;
        internal const uint Kind = (6 << 3) | Varint;
        internal const uint Start = (7 << 3) | Fixed64;
        internal const uint End = (8 << 3) | Fixed64;
        internal const uint Attributes = (9 << 3) | Bytes;
        internal const uint DroppedAttributes = (10 << 3) | Varint;
        internal const uint Events = (11 << 3) | Bytes;
        internal const uint DroppedEvents = (12 << 3) | Varint;
        internal const uint Links = (13 << 3) | Bytes;
        internal const uint DroppedLinks = (14 << 3) | Varint;
        internal const uint Status = (15 << 3) | Bytes;
        internal const uint Flags = (16 << 3) | Fixed32;
    }

    internal static class Event
    {
        internal const uint Time = (1 << 3) | Fixed64;
        internal const uint Name = (2 << 3) | Bytes;
        internal const uint Attributes = (3 << 3) | Bytes;
        internal const uint DroppedAttributes = (4 << 3) | Varint;
    }

    internal static class Link
    {
        internal const uint TraceId = (1 << 3) | Bytes;
        internal const uint SpanId = (2 << 3) | Bytes;
        internal const uint TraceState = (3 << 3) | Bytes;
        internal const uint Attributes = (4 << 3) | Bytes;
        internal const uint DroppedAttributes = (5 << 3) | Varint;
        internal const uint Flags = (6 << 3) | Fixed32;
    }

    internal static class Status
    {
        internal const uint Message = (2 << 3) | Bytes;
        internal const uint Code = (3 << 3) | Varint;
    }

    internal static class KeyValue
    {
        internal const uint Key = (1 << 3) | Bytes;
        internal const uint Value = (2 << 3) | Bytes;
    }

    internal static class AnyValue
    {
        internal const uint Text = (1 << 3) | Bytes;
        internal const uint Bool = (2 << 3) | Varint;
        internal const uint Int = (3 << 3) | Varint;
        internal const uint Double = (4 << 3) | Fixed64;
        internal const uint Array = (5 << 3) | Bytes;
        internal const uint Map = (6 << 3) | Bytes;
        internal const uint Binary = (7 << 3) | Bytes;
    }

    /// <summary>ArrayValue (of AnyValue) and KeyValueList (of KeyValue) alike.</summary>
    internal static class Values
    {
        internal const uint Items = (1 << 3) | Bytes;
    }

    internal static class Log
    {
        internal const uint Time = (1 << 3) | Fixed64;
        internal const uint Severity = (2 << 3) | Varint;
        internal const uint SeverityText = (3 << 3) | Bytes;
        internal const uint Body = (5 << 3) | Bytes;
        internal const uint Attributes = (6 << 3) | Bytes;
        internal const uint DroppedAttributes = (7 << 3) | Varint;
        internal const uint Flags = (8 << 3) | Fixed32;
        internal const uint TraceId = (9 << 3) | Bytes;
        internal const uint SpanId = (10 << 3) | Bytes;
        internal const uint ObservedTime = (11 << 3) | Fixed64;
        internal const uint EventName = (12 << 3) | Bytes;
    }

    internal static class Metric
    {
        internal const uint Name = (1 << 3) | Bytes;
        internal const uint Gauge = (5 << 3) | Bytes;
        internal const uint Sum = (7 << 3) | Bytes;
        internal const uint Histogram = (9 << 3) | Bytes;
        internal const uint ExponentialHistogram = (10 << 3) | Bytes;
        internal const uint Summary = (11 << 3) | Bytes;
    }

    /// <summary>Gauge, Sum, Histogram, ExponentialHistogram and Summary alike.</summary>
    internal static class MetricData
    {
        internal const uint Points = (1 << 3) | Bytes;
        internal const uint Temporality = (2 << 3) | Varint;
    }

    /// <summary>What the points of all kinds of metrics have in common.</summary>
    internal static class Point
    {
        internal const uint Start = (2 << 3) | Fixed64;
        internal const uint Time = (3 << 3) | Fixed64;
    }

    internal static class NumberPoint
    {
        internal const uint Double = (4 << 3) | Fixed64;
        internal const uint Int = (6 << 3) | Fixed64;
        internal const uint Attributes = (7 << 3) | Bytes;
        internal const uint Flags = (8 << 3) | Varint;
    }

    internal static class HistogramPoint
    {
        internal const uint Count = (4 << 3) | Fixed64;
        internal const uint Sum = (5 << 3) | Fixed64;
        internal const uint Attributes = (9 << 3) | Bytes;
        internal const uint ExponentialAttributes = (1 << 3) | Bytes;
        internal const uint Flags = (10 << 3) | Varint;
    }
}
