using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Tests.Api;

public sealed class OpenApiTests
{
    /// <summary>When the analysed things were.</summary>
    private const string Then = "?from=2026-03-02T10:00:00Z&to=2026-03-02T11:00:00Z";

    [Fact]
    public async Task Every_route_is_described_with_its_parameters_and_nothing_else_is()
    {
        await using var server = await QueryServer.StartAsync();
        var paths = (await server.GetAsync("/api/v1/openapi.json")).GetProperty("paths");
        var mapped = server.Endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText!)
            .Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal) && p != "/api/v1/openapi.json" && !p.Contains("**", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(mapped, paths.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        foreach (var route in ApiRoutes.All(server.Services))
        {
            var operation = paths.GetProperty(ApiRoutes.Prefix + route.Path).GetProperty("get");
            var described = operation.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString());
            Assert.Equal(route.Parameters.Select(p => p.Name), described);
            Assert.All(
                operation.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path"),
                p => Assert.Contains($"{{{p.GetProperty("name").GetString()}}}", route.Path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Answers_are_of_their_described_shape()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        server.AnalyseSomething();
        var description = await server.GetAsync("/api/v1/openapi.json");
        Assert.Equal("3.1.0", description.GetProperty("openapi").GetString());
        foreach (var (path, at) in new[]
                 {
                     ("/search", "/search"), ($"/traces/{Samples.Order}", "/traces/{traceId}"), ("/status", "/status"),
                     ("/records/orders/3/4711", "/records/{topic}/{partition}/{offset}"), ("/tags", "/tags"),
                     ("/tags/topic/values", "/tags/{tag}/values"), ("/complete?q=topic", "/complete"),
                     ($"/journeys/{Samples.Order}", "/journeys/{traceId}"), ("/records/orders/3/4711/journey", "/records/{topic}/{partition}/{offset}/journey"),
                     ("/latency" + Then, "/latency"), ("/latency/series" + Then, "/latency/series"), ("/errors" + Then, "/errors"),
                     ("/failures" + Then, "/failures"), ("/orphans" + Then, "/orphans"), ("/skew" + Then, "/skew"),
                     ("/overhead" + Then, "/overhead"), ("/lag" + Then, "/lag"), ("/topology" + Then, "/topology"), ("/topics" + Then, "/topics"), ("/pairing" + Then, "/pairing"), ("/ledger" + Then, "/ledger"),
                     ("/ledger/examples?cell=sendFailed&topic=orders", "/ledger/examples"), ("/clusters", "/clusters"),
                 })
        {
            var schema = description.GetProperty("paths").GetProperty(ApiRoutes.Prefix + at).GetProperty("get")
                .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            SchemaCheck.Fits(await server.GetAsync(ApiRoutes.Prefix + path), schema, description, path);
        }
    }

    [Theory]
    [InlineData("latency", "group", "billing")]
    [InlineData("latency/series", "group", "billing")]
    [InlineData("errors?service=billing", "errorType", "IOException")]
    [InlineData("orphans", "cause", "headerMissing")]
    [InlineData("overhead", "topic", "orders")]
    [InlineData("lag?group=billing", "group", "billing")]
    [InlineData("ledger?topic=orders", "topic", "orders")]
    public async Task Without_times_answers_are_about_the_last_hour(string path, string property, string value)
    {
        await using var server = await QueryServer.StartAsync();
        server.AnalyseSomething();
        var rows = (await server.GetAsync("/api/v1/" + path)).GetProperty("rows").EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.Equal(value, rows[0].GetProperty(property).GetString());
    }

    [Fact]
    public async Task An_orphan_is_told_with_what_to_do()
    {
        await using var server = await QueryServer.StartAsync();
        server.AnalyseSomething();
        var orphan = (await server.GetAsync("/api/v1/orphans")).GetProperty("rows")[0];
        Assert.StartsWith("Look for what takes the header off", orphan.GetProperty("fix").GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal("The record had no header.", orphan.GetProperty("examples")[0].GetProperty("why").GetString());
        Assert.Equal(16, orphan.GetProperty("examples")[0].GetProperty("span").GetProperty("spanId").GetString()!.Length);
    }

    [Fact]
    public async Task A_cluster_is_told_with_the_lag_of_its_groups()
    {
        await using var server = await QueryServer.StartAsync();
        server.AnalyseSomething();
        var cluster = (await server.GetAsync("/api/v1/clusters"))[0];
        Assert.Equal("prod", cluster.GetProperty("name").GetString());
        var committed = cluster.GetProperty("groups")[0].GetProperty("committed").EnumerateArray().Select(c => c.GetProperty("lag").GetInt64());
        Assert.Equal([60, 90], committed);
    }

    [Fact]
    public async Task A_slow_query_is_given_up_and_a_crowd_is_told_to_come_again()
    {
        var options = new QueryOptions { QueriesAtOnceMax = 1, QueriesWaitingMax = 0, SearchTimeMax = TimeSpan.FromMilliseconds(100) };
        using var gate = new QueryGate(options, TimeProvider.System);
        var running = new TaskCompletionSource();
        var slow = gate.RunAsync(
            async cancellation =>
            {
                running.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            },
            CancellationToken.None);
        await running.Task;
        var crowd = await Assert.ThrowsAsync<ApiException>(() => gate.RunAsync(_ => Task.CompletedTask, CancellationToken.None));
        Assert.Equal((503, TimeSpan.FromSeconds(1)), (crowd.Status, crowd.RetryAfter!.Value));
        var late = await Assert.ThrowsAsync<ApiException>(() => slow);
        Assert.Equal(504, late.Status);
        Assert.Contains("--query-time-max", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_queries_than_the_rate_allows_are_refused()
    {
        using var gate = new QueryGate(new QueryOptions { QueriesPerSecondMax = 1 }, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await gate.RunAsync(_ => Task.CompletedTask, CancellationToken.None);
            }
        });
        Assert.Equal(429, refused.Status);
        Assert.Contains("--queries-per-second-max", refused.Message, StringComparison.Ordinal);
    }
}
