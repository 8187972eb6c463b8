using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Sampling;

public sealed class SamplingTests
{
    private const string Hostile = "<script>alert('service')</script>";
    private const string HostileTopic = "\"><img src=x onerror=alert(1)>{{7*7}}";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task What_spans_stand_for_is_told_and_names_are_text()
    {
        await using var server = await DashboardServer.StartAsync();
        await server.SendAsync(
        [
            Span("sampled-service", 1, "send") with { TraceState = "ot=th:c" },
            Span(Hostile, 2, "process"),
        ]);

        // Three quarters are rejected under the threshold c: one in four is kept.
        var page = await server.PageAsync("/sampling");
        Assert.Contains("keeps 25 % of its spans", page, StringComparison.Ordinal);
        Assert.Contains("nothing: each span stands for itself", page, StringComparison.Ordinal);

        foreach (var path in (string[])["/sampling", "/topology", "/topology?view=table", "/topology?show=errors&node=service%3A" + Uri.EscapeDataString(Hostile), "/orphans", "/orphans?service=" + Uri.EscapeDataString(Hostile)])
        {
            var text = await server.PageAsync(path);
            Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", text.Replace("<img src=\"/assets", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Trace_that_is_here_was_kept_and_one_that_is_not_was_dropped_by_no_policy()
    {
        await using var server = await DashboardServer.StartAsync();
        await server.SendAsync([Span("sampled-service", 1, "send") with { TraceState = "ot=th:c" }]);
        Assert.Contains("kept 1 of 4", await server.PageAsync($"/sampling?trace={Trace}"), StringComparison.Ordinal);
        Assert.Contains("is not here", await server.PageAsync("/sampling?trace=00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), StringComparison.Ordinal);
        Assert.Contains("trace is &#x27;soon&#x27;", await server.PageAsync("/sampling?trace=soon"), StringComparison.Ordinal);
    }

    private static TestSpan Span(string service, int id, string operation) => new(service, $"{operation} it", Trace, $"{id:x16}")
    {
        Kind = operation == "send" ? TestSpan.Producer : TestSpan.Consumer,
        Start = DateTimeOffset.UtcNow.AddSeconds(-10),
        Attributes = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["messaging.system"] = "kafka",
            ["messaging.operation.type"] = operation,
            ["messaging.destination.name"] = HostileTopic,
            ["messaging.consumer.group.name"] = Hostile,
        },
    };
}
