using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Tests;

public sealed class OtlpSettingTests
{
    [Theory]
    [InlineData("http://collector:4318", "http://collector:4318/v1/traces")]
    [InlineData("http://collector:4318/", "http://collector:4318/v1/traces")]
    [InlineData("https://host/mine/", "https://host/mine/v1/traces")]
    public void General_http_endpoint_gets_the_signals_path(string endpoint, string expected) =>
        Assert.Equal(expected, Traces(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)).Endpoint.ToString());

    [Theory]
    [InlineData("http://collector:4318", "http://collector:4318/")]
    [InlineData("https://host/ingest", "https://host/ingest")]
    public void Signals_own_http_endpoint_is_used_as_it_is(string endpoint, string expected) =>
        Assert.Equal(expected, Traces(
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://elsewhere"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", endpoint)).Endpoint.ToString());

    [Fact]
    public void Signals_own_settings_win_over_the_general_ones()
    {
        var otlp = Traces(
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1"),
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2000"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "none"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "key=general"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "key=traces"));

        Assert.Equal(OtlpProtocol.HttpProtobuf, otlp.Protocol);
        Assert.Equal("http://localhost:4318/v1/traces", otlp.Endpoint.ToString());
        Assert.Equal(TimeSpan.FromSeconds(2), otlp.Timeout);
        Assert.False(otlp.Gzip);
        Assert.Equal([new("key", "traces")], otlp.Headers);
    }

    [Fact]
    public void Wrong_own_setting_falls_back_to_the_general_one() =>
        Assert.Equal(
            OtlpProtocol.HttpJson,
            Traces(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "json")).Protocol);

    [Fact]
    public void Timeout_of_zero_means_no_limit() =>
        Assert.Equal(TimeSpan.FromMilliseconds(int.MaxValue), Traces(("OTEL_EXPORTER_OTLP_TIMEOUT", "0")).Timeout);

    [Theory]
    [InlineData(null, "https://collector:4317/")]
    [InlineData("false", "https://collector:4317/")]
    [InlineData("true", "http://collector:4317/")]
    public void Grpc_endpoint_without_a_scheme_is_secure_unless_said_otherwise(string? insecure, string expected) =>
        Assert.Equal(
            expected,
            Traces(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"), ("OTEL_EXPORTER_OTLP_INSECURE", insecure ?? "")).Endpoint.ToString());

    [Fact]
    public void Http_endpoint_without_a_scheme_is_wrong()
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"));

        Assert.Equal("http://localhost:4318/v1/traces", settings.TracesOtlp.Endpoint.ToString());
        Assert.True(Assert.Single(settings.Problems).IsWrong);
    }

    [Theory]
    [InlineData("grpc", "4318", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")]
    [InlineData("http/protobuf", "4317", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc")]
    public void Port_of_the_other_protocol_gets_a_hint(string protocol, string port, string advice)
    {
        var hint = Assert.Single(
            Read(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:" + port)).Problems);

        Assert.False(hint.IsWrong);
        Assert.Contains(advice, hint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_are_percent_decoded() =>
        Assert.Equal(
            [new("authorization", "Basic dXNlcjpwYXNz=="), new("x-list", "a,b")],
            Traces(("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20dXNlcjpwYXNz==,x-list=a%2Cb")).Headers);

    [Theory]
    [InlineData("api-key s3cret")]
    [InlineData("api key=s3cret")]
    [InlineData("api-key=s3cret%0d%0aHost: evil")]
    [InlineData("=s3cret")]
    public void Malformed_header_is_skipped_and_never_shown(string header)
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_HEADERS", "tenant=a," + header));

        Assert.Equal([new("tenant", "a")], settings.TracesOtlp.Headers);
        var problem = Assert.Single(settings.Problems);
        Assert.True(problem.IsWrong);
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://user:s3cret@collector/")]
    [InlineData("ftp://collector/?api-key=s3cret")]
    public void Credentials_in_an_address_are_never_shown(string address)
    {
        var problem = Assert.Single(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", address)).Problems);

        Assert.Contains("collector", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_is_shown_on_one_line_and_cut()
    {
        var message = Assert.Single(Read(("OTEL_TRACES_SAMPLER", "a\r\nb" + new string('x', 1000))).Problems).Message;

        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 1, 400);
    }

    [Fact]
    public void Json_for_metrics_goes_as_protobuf_and_says_so()
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"));

        Assert.Equal(OtlpProtocol.HttpJson, settings.TracesOtlp.Protocol);
        Assert.Equal(OtlpProtocol.HttpProtobuf, settings.MetricsOtlp.Protocol);
        Assert.Equal("http://localhost:4318/v1/metrics", settings.MetricsOtlp.Endpoint.ToString());
        Assert.Contains("http/protobuf", Assert.Single(settings.Problems).Message, StringComparison.Ordinal);
    }

    private static OtlpSettings Traces(params (string Name, string Value)[] environment) => Read(environment).TracesOtlp;

    private static TelemetrySettings Read(params (string Name, string Value)[] environment) =>
        new TelemetrySettingsReader(name => Array.Find(environment, pair => pair.Name == name).Value).Read();
}
