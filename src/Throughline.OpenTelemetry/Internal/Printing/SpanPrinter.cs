using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenTelemetry;

namespace Throughline.OpenTelemetry.Internal.Printing;

/// <summary>The console exporter: a block of lines for each span, as soon as it ends.</summary>
internal sealed class SpanPrinter(TextWriter output) : BaseExporter<Activity>
{
    private string? _service;

    public override ExportResult Export(in Batch<Activity> batch)
    {
        try
        {
            _service ??= ServiceName();
            foreach (var span in batch)
            {
                // One write for each span, so that blocks of several threads do not mix.
                output.Write(Block(span));
            }

            output.Flush();
            return ExportResult.Success;
        }
        catch (Exception)
        {
            // A closed pipe at the other end of stdout is no reason to fail.
            return ExportResult.Failure;
        }
    }

    private string ServiceName()
    {
        foreach (var (key, value) in ParentProvider.GetResource().Attributes)
        {
            if (key == "service.name")
            {
                return AttributeText.Of(value);
            }
        }

        return "unknown_service";
    }

    private string Block(Activity span)
    {
        var milliseconds = span.Duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
        var status = SpanStatus.Of(span);
        var block = new StringBuilder();
        block.Append(CultureInfo.InvariantCulture, $"{span.Kind.ToString().ToUpperInvariant()} {span.DisplayName}  {milliseconds} ms");
        block.Append(status.Code == ActivityStatusCode.Unset ? string.Empty : "  " + status.Code.ToString().ToUpperInvariant());
        block.AppendLine(string.IsNullOrEmpty(status.Description) ? string.Empty : ": " + status.Description);
        Line(block, "at", $"{span.StartTimeUtc:yyyy-MM-ddTHH:mm:ss.ffffffZ}  {_service}  {span.Source.Name} {span.Source.Version}".TrimEnd());
        Line(block, "trace", $"{span.TraceId}  span {span.SpanId}  {Parent(span)}");
        foreach (var link in span.Links)
        {
            Line(block, "link", $"{link.Context.TraceId} span {link.Context.SpanId}{Inline(link.Tags)}");
        }

        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (!SpanStatus.IsTag(tag.Key))
            {
                Line(block, tag.Key, AttributeText.Of(tag.Value));
            }
        }

        foreach (var happening in span.Events)
        {
            Line(block, "event", $"{happening.Timestamp.UtcDateTime:HH:mm:ss.ffffff} {happening.Name}{Inline(happening.Tags)}");
        }

        return block.ToString();
    }

    private static string Parent(Activity span) =>
        span.ParentSpanId == default ? "root" : $"parent {span.ParentSpanId}{(span.HasRemoteParent ? " (remote)" : string.Empty)}";

    private static string Inline(IEnumerable<KeyValuePair<string, object?>>? tags) =>
        string.Concat((tags ?? []).Select(tag => $"  {tag.Key}={AttributeText.Of(tag.Value)}"));

    private static void Line(StringBuilder block, string name, string text) =>
        block.Append("  ").Append(name).Append(": ").AppendLine(text.ReplaceLineEndings(" "));
}
