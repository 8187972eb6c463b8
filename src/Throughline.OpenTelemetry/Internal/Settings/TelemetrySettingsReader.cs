namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>Reads the whole environment once; whatever is wrong is noted, and falls back as the specification says.</summary>
internal sealed class TelemetrySettingsReader
{
    private static readonly (string Name, SpanExporterKind Value)[] SpanExporterNames =
    [
        ("otlp", SpanExporterKind.Otlp), ("zipkin", SpanExporterKind.Zipkin), ("console", SpanExporterKind.Console),
        ("none", SpanExporterKind.None), ("jaeger", SpanExporterKind.Jaeger),
    ];

    private static readonly (string Name, MetricExporterKind Value)[] MetricExporterNames =
    [
        ("otlp", MetricExporterKind.Otlp), ("console", MetricExporterKind.Console), ("none", MetricExporterKind.None),
    ];

    private static readonly (string Name, PropagatorKind Value)[] PropagatorNames =
    [
        ("tracecontext", PropagatorKind.TraceContext), ("baggage", PropagatorKind.Baggage), ("b3", PropagatorKind.B3),
        ("b3multi", PropagatorKind.B3Multi), ("none", PropagatorKind.None),
    ];

    private readonly SettingReader _reader;
    private readonly SdkSettingsReader _sdk;

    public TelemetrySettingsReader(Func<string, string?> environment)
    {
        _reader = new SettingReader(environment);
        _sdk = new SdkSettingsReader(_reader);
    }

    public TelemetrySettings Read()
    {
        var traces = new OtlpSettingsReader(_reader, "TRACES", "v1/traces");
        var exporters = SpanExporters();
        var metricExporters = Listed(SettingNames.MetricsExporter, MetricExporterNames, MetricExporterKind.Otlp, MetricExporterKind.None);
        return new()
        {
            Disabled = _reader.Flag(SettingNames.SdkDisabled),
            ServiceName = _reader.Text(SettingNames.ServiceName),
            ResourceAttributes = ResourceAttributes(),
            Propagators = Propagators(),
            SpanExporters = exporters,
            MetricExporters = metricExporters,
            TracesOtlp = traces.Read("localhost"),
            JaegerOtlp = exporters.Contains(SpanExporterKind.Jaeger) ? traces.Read(JaegerHost()) : null,
            MetricsOtlp = MetricsOtlp(metricExporters),
            ZipkinEndpoint = ZipkinEndpoint(),
            ZipkinTimeout = _reader.Timeout(SettingNames.ZipkinTimeout, "10000 is used") ?? TimeSpan.FromSeconds(10),
            Batch = _sdk.Batch(),
            Limits = _sdk.Limits(),
            MetricReader = _sdk.MetricReader(),
            ForSdk = _sdk.Checked(),
            Problems = _reader.Problems,
        };
    }

    private List<KeyValuePair<string, string>> ResourceAttributes()
    {
        var list = _reader.Text(SettingNames.ResourceAttributes);
        if (list is null)
        {
            return [];
        }

        var attributes = KeyValueList.Parse(list, out var malformed).ToList();
        if (malformed.Count == 0)
        {
            return attributes;
        }

        // The specification discards the whole value, so that half a resource never looks like a whole one.
        _reader.Wrong(
            SettingNames.ResourceAttributes,
            list,
            $"a list key1=value1,key2=value2 with percent-encoded parts (member {malformed[0]})",
            "all of it is ignored");
        return [];
    }

    private IReadOnlyList<PropagatorKind>? Propagators()
    {
        var chosen = _reader.Choices(SettingNames.Propagators, PropagatorNames);
        return chosen is null ? null : WithoutNone(SettingNames.Propagators, chosen, PropagatorKind.None);
    }

    private List<SpanExporterKind> SpanExporters()
    {
        var chosen = Listed(SettingNames.TracesExporter, SpanExporterNames, SpanExporterKind.Otlp, SpanExporterKind.None).ToList();
        if (chosen.Contains(SpanExporterKind.Jaeger))
        {
            _reader.Hint(
                SettingNames.TracesExporter,
                "\"jaeger\" is gone from OpenTelemetry and is taken as OTLP to Jaeger's OTLP port; write "
                + $"{SettingNames.TracesExporter}=otlp and {SettingNames.Otlp("ENDPOINT")}=http://<jaeger>:4317 instead");
        }

        return chosen;
    }

    private IReadOnlyList<T> Listed<T>(string variable, IReadOnlyList<(string Name, T Value)> names, T byDefault, T none)
        where T : struct, Enum
    {
        if (_reader.Text(variable) is null)
        {
            return [byDefault];
        }

        // An unknown name is skipped; where only unknown names are given, nothing is exported rather than
        // everything sent to a place that nobody named.
        return WithoutNone(variable, _reader.Choices(variable, names) ?? [], none);
    }

    private IReadOnlyList<T> WithoutNone<T>(string variable, IReadOnlyList<T> chosen, T none)
        where T : struct, Enum
    {
        if (!chosen.Contains(none))
        {
            return chosen;
        }

        if (chosen.Count > 1)
        {
            _reader.Wrong(variable, "none", "allowed beside other values", "it is skipped");
        }

        return [.. chosen.Where(kind => !EqualityComparer<T>.Default.Equals(kind, none))];
    }

    /// <summary>The host that Jaeger's former exporters were pointed at, so that a changed library needs no changed deployment.</summary>
    private string JaegerHost()
    {
        if (_reader.Text(SettingNames.JaegerEndpoint) is { } endpoint && SettingAddress.TryParse(endpoint, out var address))
        {
            return address.Host;
        }

        var host = _reader.Text(SettingNames.JaegerAgentHost);
        return host is not null && Uri.CheckHostName(host) != UriHostNameType.Unknown ? host : "localhost";
    }

    private OtlpSettings MetricsOtlp(IReadOnlyList<MetricExporterKind> exporters)
    {
        var settings = new OtlpSettingsReader(_reader, "METRICS", "v1/metrics").Read("localhost");
        if (settings.Protocol != OtlpProtocol.HttpJson)
        {
            return settings;
        }

        if (exporters.Contains(MetricExporterKind.Otlp))
        {
            _reader.Hint(
                SettingNames.Otlp("METRICS", "PROTOCOL"),
                "metrics have no http/json here and go as http/protobuf to the same endpoint");
        }

        return settings with { Protocol = OtlpProtocol.HttpProtobuf };
    }

    private Uri ZipkinEndpoint()
    {
        const string byDefault = "http://localhost:9411/api/v2/spans";
        var value = _reader.Text(SettingNames.ZipkinEndpoint);
        if (value is not null && SettingAddress.TryParse(value, out var address))
        {
            return address;
        }

        if (value is not null)
        {
            _reader.Wrong(SettingNames.ZipkinEndpoint, value, "an address such as http://zipkin:9411/api/v2/spans", byDefault + " is used");
        }

        return new Uri(byDefault);
    }
}
