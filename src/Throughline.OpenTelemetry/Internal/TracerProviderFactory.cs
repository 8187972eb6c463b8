using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Throughline.OpenTelemetry.Internal.Http;
using Throughline.OpenTelemetry.Internal.Otlp;
using Throughline.OpenTelemetry.Internal.Printing;
using Throughline.OpenTelemetry.Internal.Settings;
using Throughline.OpenTelemetry.Internal.Zipkin;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>Builds the tracer provider that the settings describe.</summary>
internal sealed class TracerProviderFactory(TelemetrySettings settings, ThroughlineSdkOptions options, TelemetryReport report)
{
    public TracerProvider Build(IConfiguration configuration, Action<ResourceBuilder> resource)
    {
        var builder = global::OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource)
            .AddThroughline();

        // The program's processors come first, so that what they add is exported.
        foreach (var configure in options.Tracing)
        {
            configure(builder);
        }

        foreach (var exporter in settings.SpanExporters)
        {
            AddExporter(builder, exporter);
        }

        return builder.Build();
    }

    private void AddExporter(TracerProviderBuilder builder, SpanExporterKind exporter)
    {
        switch (exporter)
        {
            case SpanExporterKind.Otlp:
                AddOtlp(builder, settings.TracesOtlp);
                break;
            case SpanExporterKind.Jaeger:
                AddOtlp(builder, settings.JaegerOtlp!);
                break;
            case SpanExporterKind.Zipkin:
                AddHttp(builder, new ZipkinTarget(settings.ZipkinEndpoint, settings.Limits), ExporterHttpClient.For(settings.ZipkinTimeout), settings.ZipkinTimeout);
                break;
            case SpanExporterKind.Console:
                builder.AddProcessor(new SimpleActivityExportProcessor(new SpanPrinter(options.Output)));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void AddOtlp(TracerProviderBuilder builder, OtlpSettings otlp)
    {
        if (otlp.Protocol == OtlpProtocol.HttpJson)
        {
            AddHttp(builder, new OtlpJsonTarget(otlp, settings.Limits), ExporterHttpClient.For(otlp), otlp.Timeout);
            return;
        }

        builder.AddOtlpExporter(exporter =>
        {
            SdkOtlpOptions.Apply(otlp, exporter);
            exporter.BatchExportProcessorOptions = new BatchExportProcessorOptions<Activity>
            {
                MaxQueueSize = settings.Batch.QueueSizeMax,
                MaxExportBatchSize = settings.Batch.BatchSizeMax,
                ScheduledDelayMilliseconds = settings.Batch.ScheduleDelayMs,
                ExporterTimeoutMilliseconds = settings.Batch.ExportTimeoutMs,
            };
        });
    }

    private void AddHttp(TracerProviderBuilder builder, HttpSpanTarget target, HttpClient client, TimeSpan timeout) =>
        builder.AddProcessor(new BatchActivityExportProcessor(
            new HttpSpanExporter(target, new BatchSender(client, timeout, options.Time), report),
            settings.Batch.QueueSizeMax,
            settings.Batch.ScheduleDelayMs,
            settings.Batch.ExportTimeoutMs,
            settings.Batch.BatchSizeMax));
}
