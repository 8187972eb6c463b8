using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Reads a NumberDataPoint, HistogramDataPoint or ExponentialHistogramDataPoint message.</summary>
internal sealed class PointDecoder(Names names)
{
    private const ulong NoRecordedValue = 1;

    private readonly MessagingReader _messaging = new(names);

    /// <returns>Null for a point that says only that there is no value.</returns>
    /// <exception cref="MalformedOtlpException">It is no such message.</exception>
    public MetricPoint? Read(ReadOnlySpan<byte> point, string metric, uint kind, bool isCumulative, SpanSource source)
    {
        var isNumber = kind is OtlpTags.Metric.Gauge or OtlpTags.Metric.Sum;
        var attributesTag = AttributesTag(kind);
        var said = new AttributeReadings(point, names);
        long start = 0, time = 0, count = -1;
        double value = 0;
        ulong series = 0, flags = 0;
        var reader = new ProtoReader(point);
        while (reader.Next())
        {
            if (reader.Tag == attributesTag)
            {
                // A sum: the order of attributes is nobody's promise.
                series += StableHash.Of(reader.Bytes);
                said.Note(reader.Bytes, reader.Start);
                continue;
            }

            switch (reader.Tag)
            {
                case OtlpTags.Point.Start:
                    start = reader.Time;
                    break;
                case OtlpTags.Point.Time:
                    time = reader.Time;
                    break;
                case OtlpTags.NumberPoint.Double when isNumber:
                case OtlpTags.HistogramPoint.Sum when !isNumber:
                    value = reader.Double;
                    break;
                case OtlpTags.NumberPoint.Int when isNumber:
                    value = (long)reader.Number;
                    break;
                case OtlpTags.HistogramPoint.Count when !isNumber:
                    count = reader.Time;
                    break;
                case OtlpTags.NumberPoint.Flags when isNumber:
                case OtlpTags.HistogramPoint.Flags when !isNumber:
                    flags = reader.Number;
                    break;
            }
        }

        return (flags & NoRecordedValue) != 0 ? null : new MetricPoint
        {
            Metric = metric,
            Source = source,
            StartUnixNs = start,
            TimeUnixNs = time,
            IsCumulative = isCumulative,
            IsGauge = kind == OtlpTags.Metric.Gauge,
            Value = double.IsFinite(value) ? value : 0,
            Count = count,
            Topic = said.Text(SaidBy.Topic),
            Partition = said.SmallNumber(SaidBy.Partition),
            Group = said.Text(SaidBy.Group) ?? source.ConsumerGroup,
            ErrorType = said.Text(SaidBy.ErrorType),
            ClientId = said.Text(SaidBy.ClientId),
            Server = _messaging.Server(in said),
            FailureDestination = said.Text(SaidBy.FailureDestination),
            Series = series,
        };
    }

    private static uint AttributesTag(uint kind) => kind switch
    {
        OtlpTags.Metric.Histogram => OtlpTags.HistogramPoint.Attributes,
        OtlpTags.Metric.ExponentialHistogram => OtlpTags.HistogramPoint.ExponentialAttributes,
        _ => OtlpTags.NumberPoint.Attributes,
    };
}
