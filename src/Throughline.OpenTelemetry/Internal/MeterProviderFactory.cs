using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Throughline.OpenTelemetry.Internal.Printing;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>Builds the meter provider that the settings describe.</summary>
internal sealed class MeterProviderFactory(TelemetrySettings settings, ThroughlineSdkOptions options)
{
    public MeterProvider Build(IConfiguration configuration, Action<ResourceBuilder> resource)
    {
        var builder = global::OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource)
            .AddThroughline();
        foreach (var configure in options.Metrics)
        {
            configure(builder);
        }

        foreach (var exporter in settings.MetricExporters)
        {
            AddExporter(builder, exporter);
        }

        return builder.Build();
    }

    private void AddExporter(MeterProviderBuilder builder, MetricExporterKind exporter)
    {
        var times = settings.MetricReader;
        if (exporter == MetricExporterKind.Console)
        {
            builder.AddReader(new PeriodicExportingMetricReader(
                new MetricPrinter(options.Output), times.ExportIntervalMs, times.ExportTimeoutMs));
            return;
        }

        builder.AddOtlpExporter((otlp, reader) =>
        {
            SdkOtlpOptions.Apply(settings.MetricsOtlp, otlp);
            reader.PeriodicExportingMetricReaderOptions = new PeriodicExportingMetricReaderOptions
            {
                ExportIntervalMilliseconds = times.ExportIntervalMs,
                ExportTimeoutMilliseconds = times.ExportTimeoutMs,
            };
        });
    }
}
