using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Reads a NumberDataPoint, HistogramDataPoint or ExponentialHistogramDataPoint message.</summary>
internal sealed class PointDecoder(Names names)
{
    private readonly MessagingReader _messaging = new(names);

    /// <returns>Null for a point that says only that there is no value.</returns>
    /// <exception cref="MalformedOtlpException">It is no such message.</exception>
    public MetricPoint? Read(ReadOnlySpan<byte> point, string metric, uint kind, bool isCumulative, SpanSource source)
    {
        var parts = new PointParts(kind);
        var attributes = parts.AttributesTag;
        var said = new AttributeReadings(point, names);
        ulong series = 0;
        var reader = new ProtoReader(point);
        while (reader.Next())
        {
            if (reader.Tag == attributes)
            {
                // A sum: the order of attributes is nobody's promise.
                series += StableHash.Of(reader.Bytes);
                said.Note(reader.Bytes, reader.Start);
            }
            else
            {
                parts.Take(in reader);
            }
        }

        return parts.IsEmpty ? null : new MetricPoint
        {
            Metric = metric,
            Source = source,
            StartUnixNs = parts.StartUnixNs,
            TimeUnixNs = parts.TimeUnixNs,
            IsCumulative = isCumulative,
            IsGauge = kind == OtlpTags.Metric.Gauge,
            Value = parts.Value,
            Count = parts.Count,
            Topic = said.Text(SaidBy.Topic),
            Partition = said.SmallNumber(SaidBy.Partition),
            Group = said.Text(SaidBy.Group),
            ErrorType = said.Text(SaidBy.ErrorType),
            ClientId = said.Text(SaidBy.ClientId),
            Server = _messaging.Server(in said),
            FailureDestination = said.Text(SaidBy.FailureDestination),
            Series = series,
        };
    }
}
