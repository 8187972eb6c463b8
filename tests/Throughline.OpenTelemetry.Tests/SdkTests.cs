using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace Throughline.OpenTelemetry.Tests;

public sealed class SdkTests
{
    [Theory]
    [InlineData("always_on", null, true)]
    [InlineData("always_off", null, false)]
    [InlineData("parentbased_always_on", null, true)]
    [InlineData("parentbased_always_off", null, false)]
    [InlineData("traceidratio", "0", false)]
    [InlineData("parentbased_traceidratio", "1", true)]
    [InlineData("nonsense", null, true)]
    public void Sampler_is_the_one_that_is_named(string sampler, string? argument, bool sampled)
    {
        using var telemetry = Telemetry.Start(
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_TRACES_SAMPLER", sampler),
            ("OTEL_TRACES_SAMPLER_ARG", argument ?? ""));

        Assert.Equal(sampled, telemetry.Span("a")!.Recorded);
    }

    [Theory]
    [InlineData("parentbased_always_off", true)]
    [InlineData("always_off", false)]
    public void Parent_based_sampler_follows_a_sampled_parent(string sampler, bool sampled)
    {
        using var telemetry = Telemetry.Start(
            ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_TRACES_SAMPLER", sampler));
        var parent = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

        using var span = telemetry.Source.StartActivity("a", ActivityKind.Consumer, parent);

        Assert.Equal(sampled, span!.Recorded);
        Assert.Equal(parent.TraceId, span.TraceId);
    }

    [Fact]
    public void Ratio_keeps_about_its_share_of_traces()
    {
        using var telemetry = Telemetry.Start(
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.25"));

        var kept = Enumerable.Range(0, 4000).Count(_ => telemetry.Span("a")!.Recorded);

        Assert.InRange(kept, 800, 1200);
    }

    [Fact]
    public void Programs_sampler_wins_over_the_environments()
    {
        using var telemetry = Telemetry.Start(
            options => options.ConfigureTracing(tracing => tracing.SetSampler(new AlwaysOffSampler())),
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_TRACES_SAMPLER", "always_on"));

        Assert.False(telemetry.Span("a")!.Recorded);
    }

    [Fact]
    public void Disabled_sdk_records_nothing()
    {
        using var telemetry = Telemetry.Start(("OTEL_SDK_DISABLED", "TRUE"));

        Assert.Null(telemetry.Span("a"));
        Assert.Null(telemetry.Sdk.TracerProvider);
        Assert.Null(telemetry.Sdk.MeterProvider);
        Assert.True(telemetry.Flush());
    }

    [Fact]
    public void Nothing_is_recorded_after_the_end()
    {
        var telemetry = Telemetry.Start(("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"));
        telemetry.Sdk.Dispose();
        telemetry.Sdk.Dispose();

        Assert.Null(telemetry.Span("a"));
    }

    [Fact]
    public async Task Service_is_named_by_the_environment_before_the_program()
    {
        Assert.Equal("orders", (await ResourceAsync(("OTEL_SERVICE_NAME", "orders"), ("OTEL_RESOURCE_ATTRIBUTES", "service.name=other")))["service.name"]);
        Assert.Equal("other", (await ResourceAsync(("OTEL_RESOURCE_ATTRIBUTES", "service.name=other")))["service.name"]);
        Assert.Equal("by default", (await ResourceAsync())["service.name"]);
    }

    [Fact]
    public async Task Programs_resource_attributes_win_over_the_environments()
    {
        var resource = await ResourceAsync(("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test,team=orders,region=north"));

        Assert.Equal("south", resource["region"]);
        Assert.Equal("orders", resource["team"]);
        Assert.Equal("dotnet", resource["telemetry.sdk.language"]);
        Assert.True(Guid.TryParse(resource["service.instance.id"], out _));
    }

    [Fact]
    public void Strict_mode_lists_every_wrong_value_in_one_exception()
    {
        var thrown = Assert.Throws<InvalidTelemetrySettingsException>(() => Telemetry.Start(
            options => options.Strict = true,
            ("OTEL_TRACES_SAMPLER", "sometimes"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "-5"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key s3cret")));

        Assert.Equal(3, thrown.Problems.Count);
        Assert.Contains("OTEL_TRACES_SAMPLER", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("OTEL_BSP_MAX_QUEUE_SIZE", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_mode_takes_hints_for_what_they_are()
    {
        using var telemetry = Telemetry.Start(
            options => options.Strict = true, ("OTEL_TRACES_EXPORTER", "jaeger"), ("OTEL_METRICS_EXPORTER", "none"));

        Assert.Contains("jaeger", Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_warning_is_said_once_though_both_signals_read_the_variable()
    {
        using var telemetry = Telemetry.Start(("OTEL_EXPORTER_OTLP_PROTOCOL", "smoke signals"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "-1"));

        Assert.Equal(2, telemetry.Warnings.Count);
    }

    [Fact]
    public async Task Repeated_and_odd_headers_do_not_stop_the_start()
    {
        await using var receiver = await Receiver.StartAsync();
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            receiver.Address, "http/protobuf", ("OTEL_EXPORTER_OTLP_HEADERS", "key=1,key=2,list=a%2Cb,user-agent=mine")));
        telemetry.Span("a");
        telemetry.Flush();

        var request = await receiver.NextAsync();

        Assert.Equal("1, 2", request.Header("key"));
        Assert.Equal("a,b", request.Header("list"));
    }

    [Fact]
    public async Task End_is_bounded_where_the_receiver_never_answers()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.NeverAnswer();
        var telemetry = Telemetry.Start(
            options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(300),
            Telemetry.TracesTo(receiver.Address, "http/json", ("OTEL_METRICS_EXPORTER", "otlp")));
        telemetry.Span("a");
        var started = Stopwatch.GetTimestamp();

        telemetry.Dispose();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("http/json")]
    [InlineData("http/protobuf")]
    public async Task End_sends_what_is_still_queued(string protocol)
    {
        await using var receiver = await Receiver.StartAsync();
        var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, protocol));
        telemetry.Span("the last one");

        telemetry.Dispose();

        Assert.Contains("the last one", (await receiver.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_and_batch_are_of_the_size_that_is_set()
    {
        await using var receiver = await Receiver.StartAsync();
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            receiver.Address, "http/json", ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "2"), ("OTEL_BSP_SCHEDULE_DELAY", "60000")));

        for (var i = 0; i < 4; i++)
        {
            telemetry.Span("span " + i.ToString(CultureInfo.InvariantCulture));
        }

        telemetry.Flush();
        Assert.Equal(2, (await receiver.NextAsync()).Json.Spans().Count());
        Assert.Equal(2, (await receiver.NextAsync()).Json.Spans().Count());
    }

    private static async Task<IReadOnlyDictionary<string, string>> ResourceAsync(params (string Name, string Value)[] environment)
    {
        await using var receiver = await Receiver.StartAsync();
        using var telemetry = Telemetry.Start(
            options =>
            {
                options.DefaultServiceName = "by default";
                options.ResourceAttributes["region"] = "south";
            },
            Telemetry.TracesTo(receiver.Address, "http/json", environment));
        telemetry.Span("a");
        telemetry.Flush();
        var resource = (await receiver.NextAsync()).Json.GetProperty("resourceSpans")[0].GetProperty("resource");
        return resource.Attributes();
    }
}
