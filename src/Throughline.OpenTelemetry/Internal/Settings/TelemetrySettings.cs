namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>Everything the environment says, read and checked; nothing here is wrong any more.</summary>
internal sealed record TelemetrySettings
{
    public required bool Disabled { get; init; }

    public required string? ServiceName { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes { get; init; }

    /// <summary>Null when the environment names none: then whatever the program set stays.</summary>
    public required IReadOnlyList<PropagatorKind>? Propagators { get; init; }

    public required IReadOnlyList<SpanExporterKind> SpanExporters { get; init; }

    public required IReadOnlyList<MetricExporterKind> MetricExporters { get; init; }

    public required OtlpSettings TracesOtlp { get; init; }

    /// <summary>Only where the exporter "jaeger" is named.</summary>
    public required OtlpSettings? JaegerOtlp { get; init; }

    public required OtlpSettings MetricsOtlp { get; init; }

    public required Uri ZipkinEndpoint { get; init; }

    public required TimeSpan ZipkinTimeout { get; init; }

    public required BatchSettings Batch { get; init; }

    public required SpanLimits Limits { get; init; }

    public required MetricReaderSettings MetricReader { get; init; }

    /// <summary>What the OpenTelemetry SDK reads by itself, given to it with the wrong values taken out.</summary>
    public required IReadOnlyDictionary<string, string?> ForSdk { get; init; }

    public required IReadOnlyList<SettingProblem> Problems { get; init; }

    /// <summary>Where the OpenTelemetry SDK's own exporters send.</summary>
    public IEnumerable<Uri> EndpointsOfSdk()
    {
        if (MetricExporters.Contains(MetricExporterKind.Otlp))
        {
            yield return MetricsOtlp.Endpoint;
        }

        if (SpanExporters.Contains(SpanExporterKind.Otlp) && TracesOtlp.Protocol != OtlpProtocol.HttpJson)
        {
            yield return TracesOtlp.Endpoint;
        }

        if (JaegerOtlp is { } jaeger && jaeger.Protocol != OtlpProtocol.HttpJson)
        {
            yield return jaeger.Endpoint;
        }
    }
}
