using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Throughline.OpenTelemetry.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task Host_records_from_before_its_services_start_until_they_have_stopped()
    {
        await using var receiver = await Receiver.StartAsync();
        using var source = new ActivitySource("Test." + Guid.NewGuid().ToString("N"));
        var builder = Host.CreateApplicationBuilder();

        // Registered before telemetry, and still inside it.
        builder.Services.AddHostedService(_ => new Worker(source));
        builder.Services.AddThroughlineTelemetry(options => options.AddSource(source.Name));
        builder.Configuration.AddInMemoryCollection(
            Telemetry.TracesTo(receiver.Address, "http/json", ("OTEL_SERVICE_NAME", "from configuration"))
                .ToDictionary(pair => pair.Name, string? (pair) => pair.Value));
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        var request = await receiver.NextAsync();
        Assert.Equal(
            ["start", "stop"],
            request.Json.Spans().Select(span => span.GetProperty("name").GetString()!).Order());
        Assert.Equal("from configuration", request.Json.GetProperty("resourceSpans")[0].GetProperty("resource").Attributes()["service.name"]);
    }

    [Fact]
    public async Task Registering_twice_starts_once_with_what_both_add()
    {
        await using var receiver = await Receiver.StartAsync();
        using var source = new ActivitySource("Test." + Guid.NewGuid().ToString("N"));
        var environment = Telemetry.TracesTo(receiver.Address, "http/json");
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddThroughlineTelemetry(options => options.AddSource(source.Name));
        builder.Services.AddThroughlineTelemetry(options =>
            options.Environment = name => Array.Find(environment, pair => pair.Name == name).Value);
        builder.Services.AddHostedService(_ => new Worker(source));
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, (await receiver.NextAsync()).Json.Spans().Count());
        Assert.Empty(receiver.Rest());
    }

    [Fact]
    public async Task Wrong_setting_in_strict_mode_stops_the_host_from_starting()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddThroughlineTelemetry(options =>
        {
            options.Strict = true;
            options.UseEnvironment(new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "sometimes" });
        });
        using var host = builder.Build();

        await Assert.ThrowsAsync<InvalidTelemetrySettingsException>(() => host.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Warnings_go_to_the_hosts_log()
    {
        var log = new ConcurrentQueue<string>();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(new Recorder(log));
        builder.Services.AddThroughlineTelemetry(options => options.UseEnvironment(new Dictionary<string, string>
        {
            ["OTEL_TRACES_SAMPLER"] = "sometimes",
            ["OTEL_TRACES_EXPORTER"] = "none",
            ["OTEL_METRICS_EXPORTER"] = "none",
        }));
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains(log, line => line.StartsWith("Warning OTEL_TRACES_SAMPLER: \"sometimes\"", StringComparison.Ordinal));
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }

    private sealed class Worker(ActivitySource source) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => RecordAsync("start");

        public Task StopAsync(CancellationToken cancellationToken) => RecordAsync("stop");

        private Task RecordAsync(string name)
        {
            source.StartActivity(name)?.Dispose();
            return Task.CompletedTask;
        }
    }
}
