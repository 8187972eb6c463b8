using System.Text.RegularExpressions;
using Throughline.Server.Internal.Api.Metrics;

namespace Throughline.Server.Tests.Api;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task What_the_server_holds_and_found_is_told()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        server.AnalyseSomething();
        await server.GetAsync("/api/v1/status");
        var text = (await server.AskAsync("/metrics")).Text;
        Assert.Contains("\nthroughline_store_spans 6\n", text, StringComparison.Ordinal);
        Assert.Contains("\nthroughline_receive_requests_total{result=\"accepted\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("\nthroughline_query_duration_seconds_count 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nthroughline_query_duration_seconds_bucket{le=\"+Inf\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\nthroughline_recent_lag_seconds{cluster=\"\",topic=\"orders\",group=\"billing\",percentile=\"50\"} 0.06", text, StringComparison.Ordinal);
        Assert.Contains(
            "\nthroughline_recent_errors{service=\"billing\",topic=\"orders\",group=\"billing\",error_type=\"IOException\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\nthroughline_recent_orphans{cause=\"headerMissing\",service=\"mailer\",topic=\"orders\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("throughline_recent_ledger_records{cluster=\"\",topic=\"orders\",group=\"billing\",cell=\"processed\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_is_of_Prometheus_format_and_every_metric_of_the_table_is_there()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        server.AnalyseSomething();
        var text = (await server.AskAsync("/metrics")).Text;
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        Assert.All(MetricRows.All, row => Assert.Contains($"# TYPE {row.Name} ", text, StringComparison.Ordinal));
        Assert.Equal(MetricRows.All.Count, MetricRows.All.Select(r => r.Name).Distinct().Count());
    }

    [Fact]
    public async Task Prometheus_own_tool_takes_the_metrics()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        server.AnalyseSomething();
        Promtool.Check(["check", "metrics"], (await server.AskAsync("/metrics")).Text);
    }

    [GeneratedRegex(
        @"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+=""[^""\\]*""(,[a-z_]+=""[^""\\]*"")*\})? (-?[0-9.E+-]+|\+Inf|NaN))$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Line();
}
