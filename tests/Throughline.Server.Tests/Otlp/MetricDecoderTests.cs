using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Tests.Otlp;

public sealed class MetricDecoderTests
{
    [Fact]
    public void A_counters_point_is_read_with_its_record_facts()
    {
        var point = Assert.Single(Read("messaging.client.sent.messages", Sum(2, it => it.Fixed64(OtlpTags.NumberPoint.Int, 12),
            ("messaging.destination.name", "orders"), ("messaging.destination.partition.id", "3"), ("error.type", "timeout"),
            ("server.address", "broker"), ("server.port", 9092))).Points);

        Assert.Equal(("orders", 3, "timeout", "broker:9092"), (point.Topic!, point.Partition, point.ErrorType!, point.Server!));
        Assert.Equal((12, -1, true, false), (point.Value, point.Count, point.IsCumulative, point.IsGauge));
        Assert.Equal((100, 200, "order-service"), (point.StartUnixNs, point.TimeUnixNs, point.Source.Service));
    }

    [Fact]
    public void The_series_depends_on_all_attributes_and_not_on_their_order()
    {
        static ulong Series(params (string, object)[] attributes) => Assert.Single(
            Read("throughline.consumer.lag.offset", Sum(1, it => it.Fixed64(OtlpTags.NumberPoint.Int, 1), attributes)).Points).Series;

        Assert.Equal(Series(("a", "1"), ("b", "2")), Series(("b", "2"), ("a", "1")));
        Assert.NotEqual(Series(("a", "1"), ("b", "2")), Series(("a", "2"), ("b", "1")));
        Assert.NotEqual(Series(("a", "1")), Series());
    }

    [Fact]
    public void A_delta_is_no_cumulative_sum() => Assert.False(Assert.Single(
        Read("throughline.process.retries", Sum(1, it => it.Fixed64(OtlpTags.NumberPoint.Int, 1))).Points).IsCumulative);

    [Fact]
    public void Metrics_that_nothing_reads_are_counted()
    {
        var decoded = Read("http.server.request.duration", Sum(2, it => it.Fixed64(OtlpTags.NumberPoint.Int, 12)));

        Assert.Empty(decoded.Points);
        Assert.Equal(1, decoded.Unread);
    }

    [Fact]
    public void A_point_without_a_recorded_value_is_none() => Assert.Empty(Read(
        "throughline.consumer.lag.offset", Sum(2, it => it.Varint(OtlpTags.NumberPoint.Flags, 1))).Points);

    private static DecodedMetrics Read(string name, Action<ProtoWriter> data) =>
        new OtlpDecoder().Metrics(OtlpRequest.Of(request =>
        {
            var metric = request.Begin(OtlpTags.ScopeItems.Items);
            request.Bytes(OtlpTags.Metric.Name, System.Text.Encoding.UTF8.GetBytes(name));
            data(request);
            request.End(metric);
        }));

    private static Action<ProtoWriter> Sum(
        ulong temporality, Action<ProtoWriter> value, params (string Key, object Value)[] attributes) => request =>
    {
        var sum = request.Begin(OtlpTags.Metric.Sum);
        var point = request.Begin(OtlpTags.MetricData.Points);
        request.Fixed64(OtlpTags.Point.Start, 100);
        request.Fixed64(OtlpTags.Point.Time, 200);
        value(request);
        foreach (var (key, it) in attributes)
        {
            OtlpRequest.Attribute(request, OtlpTags.NumberPoint.Attributes, key, it);
        }

        request.End(point);
        request.Varint(OtlpTags.MetricData.Temporality, temporality);
        request.End(sum);
    };
}
