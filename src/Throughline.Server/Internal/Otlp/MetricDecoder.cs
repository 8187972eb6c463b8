using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Reads a Metric message into points, if it is one that the analyses read.</summary>
internal sealed class MetricDecoder(Names names)
{
    private const ulong Cumulative = 2;

    private readonly PointDecoder _points = new(names);

    /// <returns>How many points it has that nothing here reads.</returns>
    /// <exception cref="MalformedOtlpException">It is no Metric message, or has too many points.</exception>
    public long Read(ReadOnlySpan<byte> metric, ref ItemWalk walk, List<MetricPoint> points)
    {
        ReadOnlySpan<byte> name = default, data = default;
        uint kind = 0;
        var reader = new ProtoReader(metric);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case OtlpTags.Metric.Name:
                    name = reader.Bytes;
                    break;
                case OtlpTags.Metric.Gauge or OtlpTags.Metric.Sum or OtlpTags.Metric.Histogram
                    or OtlpTags.Metric.ExponentialHistogram or OtlpTags.Metric.Summary:
                    data = reader.Bytes;
                    kind = reader.Tag;
                    break;
            }
        }

        return kind is not (0 or OtlpTags.Metric.Summary) && names.Get(name) is var text && ReadMetrics.Contains(text)
            ? ReadPoints(text, kind, data, ref walk, points)
            : Count(data);
    }

    private long ReadPoints(
        string name, uint kind, ReadOnlySpan<byte> data, ref ItemWalk walk, List<MetricPoint> points)
    {
        var isCumulative = IsCumulative(data);
        long unread = 0;
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            if (reader.Tag != OtlpTags.MetricData.Points)
            {
                continue;
            }

            walk.Count();
            if (_points.Read(reader.Bytes, name, kind, isCumulative, walk.Source) is { } point)
            {
                points.Add(point);
            }
            else
            {
                unread++;
            }
        }

        return unread;
    }

    // Behind the points, as SDKs write it.
    private static bool IsCumulative(ReadOnlySpan<byte> data)
    {
        var reader = new ProtoReader(data);
        var isCumulative = false;
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.MetricData.Temporality)
            {
                isCumulative = reader.Number == Cumulative;
            }
        }

        return isCumulative;
    }

    private static long Count(ReadOnlySpan<byte> data)
    {
        long count = 0;
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            count += reader.Tag == OtlpTags.MetricData.Points ? 1 : 0;
        }

        return count;
    }
}
