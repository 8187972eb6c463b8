using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Throughline.OpenTelemetry.Internal.Http;

/// <summary>Writes a batch of spans as JSON and posts it. Never throws, and is not traced itself.</summary>
internal sealed class HttpSpanExporter(HttpSpanTarget target, BatchSender sender, TelemetryReport report) : BaseExporter<Activity>
{
    /// <summary>A buffer that one huge batch has grown is not kept.</summary>
    private const int BufferBytesKeptMax = 4 * 1024 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private Resource? _resource;

    public override ExportResult Export(in Batch<Activity> batch)
    {
        using var suppressed = SuppressInstrumentationScope.Begin();
        var spans = batch.Count;
        try
        {
            spans = Write(batch);
            var result = sender.Send(target.Endpoint, _buffer.WrittenMemory, "application/json", target.Gzip);
            if (!result.Succeeded)
            {
                report.SpansNotTaken(target.Name, spans, result.Failure!);
                return ExportResult.Failure;
            }

            if (target.Complaint(result.Body) is { } complaint)
            {
                report.ReceiverSays(target.Name, complaint);
            }

            return ExportResult.Success;
        }
        catch (Exception failure)
        {
            report.SpansNotTaken(target.Name, spans, failure.Message);
            return ExportResult.Failure;
        }
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        sender.Stop();
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            sender.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Write(in Batch<Activity> batch)
    {
        if (_buffer.Capacity > BufferBytesKeptMax)
        {
            _buffer = new(64 * 1024);
        }

        _buffer.ResetWrittenCount();
        _resource ??= ParentProvider.GetResource();
        using var json = new Utf8JsonWriter(_buffer, WireJson.Options);
        return target.Write(json, _resource, batch);
    }
}
