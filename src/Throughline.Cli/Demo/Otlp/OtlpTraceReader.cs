namespace Throughline.Cli.Demo.Otlp;

/// <summary>
/// Reads an OTLP <c>ExportTraceServiceRequest</c> in its protobuf form.
/// Field numbers: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
/// </summary>
internal static class OtlpTraceReader
{
    private const ulong StatusCodeError = 2;

    /// <summary>Adds the request's spans to <paramref name="spans"/>; false when it is not protobuf.</summary>
    public static bool TryRead(ReadOnlySpan<byte> request, List<TraceSpan> spans)
    {
        var reader = new ProtobufReader(request);
        while (reader.Next())
        {
            if (reader.Field == 1 && !TryReadResourceSpans(reader.Bytes, spans))
            {
                return false;
            }
        }

        return !reader.Malformed;
    }

    private static bool TryReadResourceSpans(ReadOnlySpan<byte> message, List<TraceSpan> spans)
    {
        // Protobuf lets fields come in any order, and the resource names the service of every span beside it.
        var service = ReadServiceName(message);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2 && !TryReadScopeSpans(reader.Bytes, service, spans))
            {
                return false;
            }
        }

        return !reader.Malformed;
    }

    private static string ReadServiceName(ReadOnlySpan<byte> resourceSpans)
    {
        var attributes = new Dictionary<string, object>();
        var reader = new ProtobufReader(resourceSpans);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var resource = new ProtobufReader(reader.Bytes);
                while (resource.Next())
                {
                    if (resource.Field == 1)
                    {
                        AddAttribute(resource.Bytes, attributes);
                    }
                }
            }
        }

        return attributes.GetValueOrDefault("service.name") as string ?? "unknown_service";
    }

    private static bool TryReadScopeSpans(ReadOnlySpan<byte> message, string service, List<TraceSpan> spans)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                if (!TryReadSpan(reader.Bytes, service, out var span))
                {
                    return false;
                }

                spans.Add(span);
            }
        }

        return !reader.Malformed;
    }

    private static bool TryReadSpan(ReadOnlySpan<byte> message, string service, out TraceSpan span)
    {
        string traceId = "", spanId = "", parentSpanId = "", name = "";
        string? error = null;
        ulong kind = 0, start = 0, end = 0;
        var attributes = new Dictionary<string, object>();
        var links = new List<TraceSpanLink>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: traceId = Convert.ToHexStringLower(reader.Bytes); break;
                case 2: spanId = Convert.ToHexStringLower(reader.Bytes); break;
                case 4: parentSpanId = Convert.ToHexStringLower(reader.Bytes); break;
                case 5: name = reader.Text; break;
                case 6: kind = reader.Number; break;
                case 7: start = reader.Number; break;
                case 8: end = reader.Number; break;
                case 9: AddAttribute(reader.Bytes, attributes); break;
                case 13: links.Add(ReadLink(reader.Bytes)); break;
                case 15: error = ReadError(reader.Bytes); break;
            }
        }

        span = new TraceSpan
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = parentSpanId.Length == 0 ? null : parentSpanId,
            Name = name,
            Kind = kind <= (ulong)TraceSpanKind.Consumer ? (TraceSpanKind)kind : TraceSpanKind.Unspecified,
            Service = service,
            StartUnixNano = (long)start,
            EndUnixNano = (long)end,
            Attributes = attributes,
            Links = links,
            Error = error,
        };
        return !reader.Malformed && traceId.Length == 32 && spanId.Length == 16;
    }

    private static TraceSpanLink ReadLink(ReadOnlySpan<byte> message)
    {
        string traceId = "", spanId = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: traceId = Convert.ToHexStringLower(reader.Bytes); break;
                case 2: spanId = Convert.ToHexStringLower(reader.Bytes); break;
            }
        }

        return new TraceSpanLink(traceId, spanId);
    }

    private static string? ReadError(ReadOnlySpan<byte> status)
    {
        var text = "";
        var failed = false;
        var reader = new ProtobufReader(status);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: text = reader.Text; break;
                case 3: failed = reader.Number == StatusCodeError; break;
            }
        }

        return failed ? text : null;
    }

    private static void AddAttribute(ReadOnlySpan<byte> keyValue, Dictionary<string, object> attributes)
    {
        var key = "";
        object? value = null;
        var reader = new ProtobufReader(keyValue);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: key = reader.Text; break;
                case 2: value = ReadScalar(reader.Bytes); break;
            }
        }

        if (value is not null)
        {
            attributes[key] = value;
        }
    }

    /// <summary>Text, truth and numbers; arrays and maps are nothing the demo looks at.</summary>
    private static object? ReadScalar(ReadOnlySpan<byte> anyValue)
    {
        object? value = null;
        var reader = new ProtobufReader(anyValue);
        while (reader.Next())
        {
            value = reader.Field switch
            {
                1 => reader.Text,
                2 => reader.Number != 0,
                3 => (long)reader.Number,
                4 => BitConverter.UInt64BitsToDouble(reader.Number),
                _ => value,
            };
        }

        return value;
    }
}
