namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>Every variable that is read, named once.</summary>
/// <remarks>
/// Sources: the specification's configuration/sdk-environment-variables.md and protocol/exporter.md
/// (https://github.com/open-telemetry/opentelemetry-specification).
/// </remarks>
internal static class SettingNames
{
    public const string SdkDisabled = "OTEL_SDK_DISABLED";
    public const string ServiceName = "OTEL_SERVICE_NAME";
    public const string ResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";
    public const string Propagators = "OTEL_PROPAGATORS";
    public const string TracesSampler = "OTEL_TRACES_SAMPLER";
    public const string TracesSamplerArg = "OTEL_TRACES_SAMPLER_ARG";
    public const string TracesExporter = "OTEL_TRACES_EXPORTER";
    public const string MetricsExporter = "OTEL_METRICS_EXPORTER";

    public const string BatchScheduleDelay = "OTEL_BSP_SCHEDULE_DELAY";
    public const string BatchExportTimeout = "OTEL_BSP_EXPORT_TIMEOUT";
    public const string BatchQueueSizeMax = "OTEL_BSP_MAX_QUEUE_SIZE";
    public const string BatchSizeMax = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE";

    public const string AttributeLengthLimit = "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT";
    public const string AttributeCountLimit = "OTEL_ATTRIBUTE_COUNT_LIMIT";
    public const string SpanAttributeLengthLimit = "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT";
    public const string SpanAttributeCountLimit = "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT";
    public const string SpanEventCountLimit = "OTEL_SPAN_EVENT_COUNT_LIMIT";
    public const string SpanLinkCountLimit = "OTEL_SPAN_LINK_COUNT_LIMIT";
    public const string EventAttributeCountLimit = "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT";
    public const string LinkAttributeCountLimit = "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT";

    public const string MetricExportInterval = "OTEL_METRIC_EXPORT_INTERVAL";
    public const string MetricExportTimeout = "OTEL_METRIC_EXPORT_TIMEOUT";
    public const string MetricsExemplarFilter = "OTEL_METRICS_EXEMPLAR_FILTER";
    public const string MetricsTemporality = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";
    public const string MetricsHistogram = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION";

    public const string ZipkinEndpoint = "OTEL_EXPORTER_ZIPKIN_ENDPOINT";
    public const string ZipkinTimeout = "OTEL_EXPORTER_ZIPKIN_TIMEOUT";

    /// <summary>Left over from Jaeger's own exporters, which every OpenTelemetry SDK has dropped; read for the host only.</summary>
    public const string JaegerEndpoint = "OTEL_EXPORTER_JAEGER_ENDPOINT";
    public const string JaegerAgentHost = "OTEL_EXPORTER_JAEGER_AGENT_HOST";

    /// <summary>The .NET SDK's own switches for what OTLP does with a batch that the receiver could not take.</summary>
    public const string SdkOtlpRetry = "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY";
    public const string SdkOtlpRetryDirectory = "OTEL_DOTNET_EXPERIMENTAL_OTLP_DISK_RETRY_DIRECTORY_PATH";

    /// <summary>The variable for every signal, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public static string Otlp(string setting) => "OTEL_EXPORTER_OTLP_" + setting;

    /// <summary>The variable for one signal, such as <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>.</summary>
    public static string Otlp(string signal, string setting) => "OTEL_EXPORTER_OTLP_" + signal + "_" + setting;
}
