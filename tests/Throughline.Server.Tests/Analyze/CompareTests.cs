using System.Globalization;
using System.Net;
using Throughline.Server.Internal.Analyze.Compare;
using Throughline.Server.Internal.Query;
using Throughline.Server.Tests.Api;

namespace Throughline.Server.Tests.Analyze;

/// <summary>Comparisons of spans whose truth is known.</summary>
public sealed class CompareTests
{
    private const int Many = 600;
    private const long MinuteNs = 60_000_000_000;

    private static readonly TimeRange Hour = new(QueryServer.EpochUnixNs, QueryServer.EpochUnixNs + (60 * MinuteNs));

    [Fact]
    public async Task What_makes_spans_slow_comes_first()
    {
        await using var server = await StartAsync((_, random) =>
        {
            var partition = random.Next(8);
            return (partition == 3 && random.Next(10) < 8 ? 400 : 20, [("messaging.destination.partition.id", partition.ToString(CultureInfo.InvariantCulture)), Coin(random)]);
        });
        var comparison = Compare(server, Slow() with { OverNs = 100e6 });
        var first = comparison.Values[0];
        Assert.Equal("partition = 3", first.Query);
        Assert.Equal(comparison.A.Spans, first.InA);
        Assert.Equal((Many, false), (comparison.A.Spans + comparison.B.Spans, comparison.A.IsSample));
        Assert.True(first.Difference.Low > 0.8, first.Difference.ToString());
        Assert.Contains(first.Also, also => also.StartsWith("messaging.destination.partition.id = ", StringComparison.Ordinal));
        Assert.DoesNotContain(comparison.Values, value => value.Name == "coin.side");
    }

    [Fact]
    public async Task Chance_is_not_shown_as_a_cause()
    {
        await using var server = await StartAsync((_, random) => (
            random.Next(10) == 0 ? 400 : 20, [.. Enumerable.Range(0, 40).Select(coin => ($"coin.n{coin}", (object)random.Next(3).ToString(CultureInfo.InvariantCulture)))]));
        var comparison = Compare(server, Slow());
        Assert.Empty(comparison.Values);
        Assert.True(comparison.ValuesCompared > 100);
    }

    [Fact]
    public async Task Value_that_is_slow_on_one_side_only_explains_the_difference_of_the_sides()
    {
        // Both versions serve both tenants alike often; the second version is slow for one of them.
        await using var server = await StartAsync((_, random) =>
        {
            var (version, tenant) = (random.Next(2) == 0 ? "1.0" : "2.0", random.Next(3) == 0 ? "acme" : "others");
            return (version == "2.0" && tenant == "acme" ? 300 + random.Next(50) : 20 + random.Next(5), [("app.version", version), ("tenant.name", tenant), Coin(random)]);
        });
        var comparison = Compare(server, new ComparisonRequest
        {
            By = ComparedBy.Attribute,
            Range = Hour,
            Attribute = new Field(WellKnownField.Attribute, "app.version"),
            A = "2.0",
            B = "1.0",
            OverNs = 100e6,
        });
        var first = comparison.Values[0];
        Assert.Equal("tenant.name = acme", first.Query);
        Assert.False(first.Difference.IsCertain);
        Assert.True(first.Explains > 0.7, $"{first.Explains}");
        Assert.Equal((1.0, 0.0), (first.SlowWithA, first.SlowWithB));
        Assert.True(comparison.A.Slow!.Value.Low > comparison.B.Slow!.Value.High);
        Assert.DoesNotContain(comparison.Values, value => value.Name is "app.version" or "coin.side");
    }

    [Fact]
    public async Task Versions_that_nobody_named_are_the_most_frequent()
    {
        await using var server = await StartAsync((i, _) => (20, [("app.version", i % 10 == 0 ? "old" : i % 3 == 0 ? "mid" : "new")]));
        var comparison = Compare(server, new ComparisonRequest { By = ComparedBy.Attribute, Range = Hour, Attribute = new Field(WellKnownField.Attribute, "app.version") });
        Assert.Equal(("new", "mid"), (comparison.A.Name, comparison.B.Name));
    }

    [Fact]
    public async Task What_is_new_in_a_time_is_found()
    {
        await using var server = await StartAsync((i, random) => (i < Many / 2 ? 20 : 60, [("flag.on", i < Many / 2 ? "no" : "yes"), Coin(random)]));
        var half = new TimeRange(Hour.FromUnixNs, QueryServer.EpochUnixNs + (Many / 2 * 1_000_000_000L));
        var comparison = Compare(server, new ComparisonRequest { By = ComparedBy.Range, Range = Hour with { FromUnixNs = half.ToUnixNs }, Other = half });
        Assert.Equal(["flag.on = no", "flag.on = yes"], comparison.Values.Select(value => value.Query).Order(StringComparer.Ordinal));
        Assert.Equal((60e6, 20e6), (comparison.A.P50!.Value.Value, comparison.B.P50!.Value.Value));
    }

    [Fact]
    public async Task Sample_is_bounded_spread_over_the_time_and_says_so()
    {
        await using var server = await StartAsync((i, _) => (i % 5 == 0 ? 400 : 20, [("minute.n", (i / 60).ToString(CultureInfo.InvariantCulture))]), spans: 2400);
        var comparison = Compare(server, Slow() with { OverNs = 100e6, SampleMax = 100 });
        Assert.Equal((true, true), (comparison.A.IsSample, comparison.B.IsSample));
        Assert.InRange(comparison.A.Spans, 50, 100);
        Assert.InRange(comparison.B.Spans, 50, 100);
        var sample = SpanSample.Read(server.Store, null, Hour, 100, TimeSpan.FromSeconds(20), CancellationToken.None);
        Assert.True(sample.Spans.Max(span => span.Facts.StartUnixNs) - sample.Spans.Min(span => span.Facts.StartUnixNs) > 20 * MinuteNs);
        Assert.Equal(sample.Spans.Count, sample.Spans.Select(span => span.Facts.Key).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_is_compared_with_nothing()
    {
        await using var server = await QueryServer.StartAsync();
        foreach (var by in Enum.GetValues<ComparedBy>())
        {
            var comparison = Compare(server, new ComparisonRequest { By = by, Range = Hour, Other = Hour, Attribute = new Field(WellKnownField.Attribute, "service.version") });
            Assert.Equal((0, 0, 0), (comparison.A.Spans, comparison.B.Spans, comparison.Values.Count));
        }
    }

    [Fact]
    public void Intervals_are_those_of_the_literature()
    {
        // Newcombe 1998, example (a): 56 of 70 and 48 of 80 at 95 %.
        var difference = Estimate.Difference(Estimate.Share(56, 70, 1.959964), Estimate.Share(48, 80, 1.959964));
        Assert.Equal((0.2, 0.0524, 0.3339), (Math.Round(difference.Value, 4), Math.Round(difference.Low, 4), Math.Round(difference.High, 4)));
        var share = Estimate.Share(10, 100, 1.959964);
        Assert.Equal((0.1, 0.0552, 0.1744), (share.Value, Math.Round(share.Low, 4), Math.Round(share.High, 4)));
        Assert.Equal((0, 1), (Estimate.Share(0, 0).Low, Estimate.Share(0, 0).High));
    }

    [Theory]
    [InlineData("?from=-1d", HttpStatusCode.OK)]
    [InlineData("?by=range&of=lag&from=2026-11-21T10:00:00Z&to=2026-11-21T11:00:00Z", HttpStatusCode.OK)]
    [InlineData("?by=attribute&attribute=service&a=shop&b=mailer&q=topic+%3D+orders", HttpStatusCode.OK)]
    [InlineData("?by=fast", HttpStatusCode.BadRequest)]
    [InlineData("?over=5", HttpStatusCode.BadRequest)]
    [InlineData("?q=(", HttpStatusCode.BadRequest)]
    [InlineData("?by=range&from=-2h&otherFrom=-1h", HttpStatusCode.BadRequest)]
    public async Task Api_compares_or_says_what_is_wrong(string query, HttpStatusCode status)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync("/api/v1/compare" + query, status);
        Assert.Equal(status == HttpStatusCode.OK, answer.TryGetProperty("rule", out _));
    }

    private static SpanComparison Compare(QueryServer server, ComparisonRequest request) =>
        new SpanComparer(server.Store).Compare(request with { WorkMax = TimeSpan.FromSeconds(20) }, CancellationToken.None);

    private static ComparisonRequest Slow() => new() { By = ComparedBy.Slow, Range = Hour, SampleMax = 2 * Many };

    private static (string, object) Coin(Random random) => ("coin.side", random.Next(2) == 0 ? "heads" : "tails");

    /// <summary>A span a second.</summary>
    private static async Task<QueryServer> StartAsync(Func<int, Random, (int DurationMs, (string, object)[] Attributes)> make, int spans = Many)
    {
        var server = await QueryServer.StartAsync();
        var random = new Random(7);
        for (var i = 0; i < spans; i++)
        {
            var (duration, attributes) = make(i, random);
            server.Add(new SampleSpan("billing", "process orders", SampleSpan.Consumer)
            {
                Trace = (i + 1).ToString("x32", CultureInfo.InvariantCulture),
                Id = (i + 1).ToString("x16", CultureInfo.InvariantCulture),
                StartMs = i * 1000L,
                DurationMs = duration,
                Attributes = [("messaging.system", "kafka"), ("messaging.operation.type", "process"), ("messaging.destination.name", "orders"), .. attributes],
            });
        }

        return server;
    }
}
