using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Tests;

public sealed class SettingTests
{
    [Fact]
    public void Empty_environment_means_the_specifications_defaults()
    {
        var settings = Read();

        Assert.Empty(settings.Problems);
        Assert.False(settings.Disabled);
        Assert.Equal([SpanExporterKind.Otlp], settings.SpanExporters);
        Assert.Equal([MetricExporterKind.Otlp], settings.MetricExporters);
        Assert.Null(settings.Propagators);
        Assert.Equal("http://localhost:4317/", settings.TracesOtlp.Endpoint.ToString());
        Assert.Equal(TimeSpan.FromSeconds(10), settings.TracesOtlp.Timeout);
        Assert.False(settings.TracesOtlp.Gzip);
        Assert.Equal("http://localhost:9411/api/v2/spans", settings.ZipkinEndpoint.ToString());
        Assert.Equal(new BatchSettings(2048, 512, 5000, 30000), settings.Batch);
        Assert.Equal(new SpanLimits(int.MaxValue, 128, 128, 128, 128, 128), settings.Limits);
        Assert.Equal("parentbased_always_on", settings.ForSdk["OTEL_TRACES_SAMPLER"]);
    }

    [Fact]
    public void Empty_value_counts_as_unset()
    {
        var settings = Read(("OTEL_TRACES_EXPORTER", " "), ("OTEL_TRACES_SAMPLER", ""), ("OTEL_SDK_DISABLED", ""));

        Assert.Empty(settings.Problems);
        Assert.Equal([SpanExporterKind.Otlp], settings.SpanExporters);
    }

    [Theory]
    [InlineData("always_on")]
    [InlineData("always_off")]
    [InlineData("parentbased_always_on")]
    [InlineData("parentbased_always_off")]
    [InlineData("Traceidratio")]
    [InlineData("PARENTBASED_TRACEIDRATIO")]
    public void Every_standard_sampler_is_taken_whatever_its_case(string sampler)
    {
        var settings = Read(("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", "0.25"));

        Assert.Empty(settings.Problems);
        Assert.Equal(sampler.ToLowerInvariant(), settings.ForSdk["OTEL_TRACES_SAMPLER"]);
        Assert.Equal(
            sampler.EndsWith("ratio", StringComparison.OrdinalIgnoreCase) ? "0.25" : null,
            settings.ForSdk.GetValueOrDefault("OTEL_TRACES_SAMPLER_ARG"));
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes", "parentbased_always_on is used", "always_on, always_off, traceidratio")]
    [InlineData("OTEL_TRACES_EXPORTER", "otpl", "it is skipped", "otlp, zipkin, console, none")]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus", "it is skipped", "otlp, console, none")]
    [InlineData("OTEL_PROPAGATORS", "xray", "it is skipped", "tracecontext, baggage, b3, b3multi, none")]
    [InlineData("OTEL_SDK_DISABLED", "1", "false is used", "true or false")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "0", "2048 is used", "at least 1")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4096", "512 is used", "from 1 to 2048")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "5s", "5000 is used", "whole number")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT", "-1", "30000 is used", "whole number")]
    [InlineData("OTEL_SPAN_LINK_COUNT_LIMIT", "many", "counts as unset", "whole number")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0", "60000 is used", "at least 1")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http", "counts as unset", "grpc, http/protobuf, http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "zstd", "counts as unset", "gzip, none")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "counts as unset", "whole number")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "collector", "taken as https", "no scheme")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://collector", "counts as unset", "http://collector:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file.pem", "counts as unset", "readable PEM")]
    [InlineData("OTEL_EXPORTER_ZIPKIN_ENDPOINT", "zipkin:9411", "http://localhost:9411/api/v2/spans is used", "http://zipkin:9411")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "7", "counts as unset", "cumulative, delta, lowmemory")]
    [InlineData("OTEL_METRICS_EXEMPLAR_FILTER", "on", "counts as unset", "always_on, always_off, trace_based")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "team=orders,region", "all of it is ignored", "member 2")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "share=50%", "all of it is ignored", "percent-encoded")]
    [InlineData("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "disk", "in_memory is used", "DISK_RETRY_DIRECTORY")]
    public void Wrong_value_is_named_once_with_what_is_allowed_and_what_happens(string variable, string value, string instead, string allowed)
    {
        var problem = Assert.Single(Read((variable, value)).Problems);

        Assert.Equal(variable, problem.Variable);
        Assert.StartsWith(variable + ": ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(value, problem.Message, StringComparison.Ordinal);
        Assert.Contains(instead, problem.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    [InlineData("half")]
    public void Bad_ratio_keeps_every_trace(string ratio)
    {
        var settings = Read(("OTEL_TRACES_SAMPLER", "traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", ratio));

        Assert.Equal("1", settings.ForSdk["OTEL_TRACES_SAMPLER_ARG"]);
        Assert.Contains("from 0 to 1", Assert.Single(settings.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_keeps_its_order_without_repetitions_and_unknown_names()
    {
        var settings = Read(("OTEL_TRACES_EXPORTER", "console, zipkin,otlp,console,,stdout"));

        Assert.Equal([SpanExporterKind.Console, SpanExporterKind.Zipkin, SpanExporterKind.Otlp], settings.SpanExporters);
        Assert.Contains("\"stdout\"", Assert.Single(settings.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_of_unknown_exporters_exports_nothing() =>
        Assert.Empty(Read(("OTEL_TRACES_EXPORTER", "logging")).SpanExporters);

    [Fact]
    public void List_of_unknown_propagators_leaves_the_default() =>
        Assert.Null(Read(("OTEL_PROPAGATORS", "xray,ottrace")).Propagators);

    [Fact]
    public void None_beside_other_exporters_is_skipped()
    {
        var settings = Read(("OTEL_TRACES_EXPORTER", "none,zipkin"));

        Assert.Equal([SpanExporterKind.Zipkin], settings.SpanExporters);
        Assert.Single(settings.Problems);
    }

    [Fact]
    public void None_alone_means_no_exporter_and_no_warning()
    {
        var settings = Read(("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_PROPAGATORS", "none"));

        Assert.Empty(settings.Problems);
        Assert.Empty(settings.SpanExporters);
        Assert.Empty(settings.MetricExporters);
        Assert.Empty(settings.Propagators!);
    }

    [Theory]
    [InlineData(null, null, "http://localhost:4317/")]
    [InlineData("OTEL_EXPORTER_JAEGER_ENDPOINT", "http://tracing:14268/api/traces", "http://tracing:4317/")]
    [InlineData("OTEL_EXPORTER_JAEGER_AGENT_HOST", "agent", "http://agent:4317/")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:9000", "http://collector:9000/")]
    public void Jaeger_is_taken_as_otlp_to_its_host(string? variable, string? value, string endpoint)
    {
        var settings = Read(("OTEL_TRACES_EXPORTER", "jaeger"), (variable ?? "OTHER", value ?? ""));

        Assert.Equal([SpanExporterKind.Jaeger], settings.SpanExporters);
        Assert.Equal(endpoint, settings.JaegerOtlp!.Endpoint.ToString());
        var hint = Assert.Single(settings.Problems);
        Assert.Contains("OTEL_TRACES_EXPORTER=otlp", hint.Message, StringComparison.Ordinal);
        Assert.False(hint.IsWrong);
    }

    [Fact]
    public void Resource_attributes_are_percent_decoded_and_a_plus_stays()
    {
        var settings = Read(("OTEL_RESOURCE_ATTRIBUTES", " team = a%2Cb%3D1 , build=1.0+rc,empty="));

        Assert.Equal(
            [new("team", "a,b=1"), new("build", "1.0+rc"), new("empty", "")],
            settings.ResourceAttributes);
    }

    [Fact]
    public void Limits_fall_back_to_the_general_ones()
    {
        var settings = Read(
            ("OTEL_ATTRIBUTE_COUNT_LIMIT", "10"),
            ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "20"),
            ("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "3"),
            ("OTEL_SPAN_LINK_COUNT_LIMIT", "0"));

        Assert.Equal(new SpanLimits(20, 10, 128, 0, 10, 3), settings.Limits);
        Assert.Equal("10", settings.ForSdk["OTEL_ATTRIBUTE_COUNT_LIMIT"]);
    }

    [Fact]
    public void Batch_is_never_larger_than_its_queue() =>
        Assert.Equal(100, Read(("OTEL_BSP_MAX_QUEUE_SIZE", "100")).Batch.BatchSizeMax);

    private static TelemetrySettings Read(params (string Name, string Value)[] environment) =>
        new TelemetrySettingsReader(name => Array.Find(environment, pair => pair.Name == name).Value).Read();
}
