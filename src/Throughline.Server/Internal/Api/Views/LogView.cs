using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A log record of a trace.</summary>
internal sealed record LogView(
    string? SpanId,
    string Service,
    string Time,
    string TimeUnixNano,
    int Severity,
    string? SeverityText,
    string? Body,
    AttributesView Attributes)
{
    public static LogView Of(StoredLog log)
    {
        var body = log.Body.Span;
        var severity = OtlpSpan.Field(body, OtlpTags.Log.SeverityText);
        return new LogView(
            log.Facts.SpanId == 0 ? null : SpanSummaryView.Hex(log.Facts.SpanId),
            log.Facts.Source.Service,
            UnixTime.Rfc3339(log.Facts.TimeUnixNs),
            log.Facts.TimeUnixNs.ToString(CultureInfo.InvariantCulture),
            log.Facts.Severity,
            severity.IsEmpty ? null : Encoding.UTF8.GetString(severity),
            OtlpValue.Read(OtlpSpan.Field(body, OtlpTags.Log.Body)).ToText(),
            new AttributesView(log.Body, OtlpTags.Log.Attributes));
    }
}
