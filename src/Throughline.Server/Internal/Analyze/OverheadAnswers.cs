using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What tracing adds to records.</summary>
internal static class OverheadAnswers
{
    private static readonly HashSet<Measure> Measures =
    [
        Measure.MetricHeaderBytes, Measure.MetricHeadersDropped, Measure.MetricSent, Measure.MetricSendFailed,
        Measure.SpanHeaderBytes, Measure.SpanHeaderBytesOfSized, Measure.SpanRecordBytes,
    ];

    public static Answer<OverheadRow> Of(Question question) => question.Answer(
        question.ReadByName(FamilyKind.Topic, Measures)
            .Select(static topic => Row(topic.Key, topic.Value))
            .OfType<OverheadRow>()
            .OrderByDescending(static row => row.HeaderBytes));

    private static OverheadRow? Row(FamilyKey topic, SeriesValues values)
    {
        var (records, bytes, basis) = OfMetrics(values) ?? OfSpans(values) ?? default;
        if (records <= 0)
        {
            return null;
        }

        var sized = values.Sum(Measure.SpanRecordBytes)?.Sum ?? 0;
        return new OverheadRow(
            topic.First,
            topic.Second,
            records,
            bytes,
            bytes / records,
            sized > 0 ? values.Sum(Measure.SpanHeaderBytesOfSized)!.Sum / sized : null,
            basis,
            basis == LedgerBasis.Metrics ? values.Count(Measure.MetricHeadersDropped) : null);
    }

    /// <summary>Only of services that tell both, bytes and records.</summary>
    private static (double Records, double Bytes, LedgerBasis Basis)? OfMetrics(SeriesValues values)
    {
        var bytes = values.Of(Measure.MetricHeaderBytes);
        if (bytes.Count == 0)
        {
            return null;
        }

        var failed = values.Of(Measure.MetricSendFailed);
        var records = bytes.Keys.Sum(service => values.Count(Measure.MetricSent, service)
            + failed.Where(one => Detail.Parts(one.Key, 3)[0] == service).Sum(static one => one.Value.Count));
        return records > 0 ? (records, bytes.Values.Sum(static value => value.Count), LedgerBasis.Metrics) : null;
    }

    private static (double Records, double Bytes, LedgerBasis Basis)? OfSpans(SeriesValues values) =>
        values.Sum(Measure.SpanHeaderBytes) is { Count: > 0 } told ? (told.Count, told.Sum, LedgerBasis.Spans) : null;
}
