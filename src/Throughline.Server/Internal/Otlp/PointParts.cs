namespace Throughline.Server.Internal.Otlp;

/// <summary>What is known of a metric's point while its message is being read.</summary>
/// <param name="kind">The metric's: of <see cref="OtlpTags.Metric"/>. Points of each kind number their fields in their own way.</param>
internal ref struct PointParts(uint kind)
{
    private const ulong NoRecordedValue = 1;

    private ulong _flags;

    public readonly bool IsNumber => kind is OtlpTags.Metric.Gauge or OtlpTags.Metric.Sum;

    /// <summary>The field in which its attributes are.</summary>
    public readonly uint AttributesTag => kind switch
    {
        OtlpTags.Metric.Histogram => OtlpTags.HistogramPoint.Attributes,
        OtlpTags.Metric.ExponentialHistogram => OtlpTags.HistogramPoint.ExponentialAttributes,
        _ => OtlpTags.NumberPoint.Attributes,
    };

    /// <summary>The point says only that there is nothing to say.</summary>
    public readonly bool IsEmpty => (_flags & NoRecordedValue) != 0;

    public long StartUnixNs { get; private set; }

    public long TimeUnixNs { get; private set; }

    /// <summary>-1 for a number.</summary>
    public long Count { get; private set; } = -1;

    /// <summary>A number, or a histogram's sum.</summary>
    public double Value { get; private set; }

    public void Take(in ProtoReader field)
    {
        switch (field.Tag)
        {
            case OtlpTags.Point.Start:
                StartUnixNs = field.Time;
                break;
            case OtlpTags.Point.Time:
                TimeUnixNs = field.Time;
                break;
            case OtlpTags.NumberPoint.Double when IsNumber:
            case OtlpTags.HistogramPoint.Sum when !IsNumber:
                Value = double.IsFinite(field.Double) ? field.Double : 0;
                break;
            case OtlpTags.NumberPoint.Int when IsNumber:
                Value = (long)field.Number;
                break;
            case OtlpTags.HistogramPoint.Count when !IsNumber:
                Count = field.Time;
                break;
            case OtlpTags.NumberPoint.Flags when IsNumber:
            case OtlpTags.HistogramPoint.Flags when !IsNumber:
                _flags = field.Number;
                break;
        }
    }
}
