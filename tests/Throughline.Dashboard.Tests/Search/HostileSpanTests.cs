using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Search;

/// <summary>Spans whose every text is an attack: names, services, topics, keys and groups are shown as what they are.</summary>
[Collection(DashboardCollection.Name)]
public sealed class HostileSpanTests(Browser browser)
{
    private const string Attack = "<img src=x onerror=window.hit=1>\"'><script>window.hit=1</script>`${window.hit=1}";

    [Theory]
    [InlineData("/search")]
    [InlineData("/search?of=lag")]
    [InlineData("/search?q=no+such+thing")]
    public async Task Nothing_of_it_runs(string path)
    {
        await using var server = await DashboardServer.StartAsync();
        await server.SendAsync([Span()]);
        await using var visit = await browser.OpenAsync(server.Address, path);
        Assert.Equal(0, await visit.Page.Locator("main script, main img").CountAsync());
        await visit.Page.FillAsync("#q", "service = ");
        await visit.Page.Locator("#q-offers [role=option]").First.WaitForAsync();
        Assert.Contains("<script>", await visit.Page.InnerTextAsync("#q-offers"), StringComparison.Ordinal);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.hit === undefined"));
    }

    private static TestSpan Span() => new(Attack, Attack, Shop.TraceOf(1), Shop.SpanOf(1, 1))
    {
        Kind = TestSpan.Consumer,
        Start = DateTimeOffset.UtcNow.AddSeconds(-5),
        Error = Attack,
        Attributes = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["messaging.system"] = "kafka",
            ["messaging.operation.type"] = "process",
            ["messaging.destination.name"] = Attack,
            ["messaging.destination.partition.id"] = "0",
            ["messaging.kafka.offset"] = 1,
            ["messaging.kafka.message.key"] = Attack,
            ["messaging.consumer.group.name"] = Attack,
        },
    };
}
