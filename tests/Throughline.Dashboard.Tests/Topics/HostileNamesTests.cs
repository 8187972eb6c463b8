using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Topics;

/// <summary>Names and keys that want to be markup, script or another query.</summary>
[Collection(DashboardCollection.Name)]
public sealed class HostileNamesTests(Browser browser)
{
    private const string Topic = "<img src=x onerror=alert(1)>\" and error";
    private const string Group = "\"><script>alert(2)</script>";
    private const string Service = "</td><svg onload=alert(3)>";

    [Fact]
    public async Task Names_of_strangers_are_text_on_every_page()
    {
        await using var server = await DashboardServer.StartAsync();
        var start = DateTimeOffset.UtcNow.AddSeconds(-30);
        await server.SendAsync(Enumerable.Range(0, 5).SelectMany(number => Order(number, start)));
        var topic = Uri.EscapeDataString(Topic);
        string[] paths =
        [
            "/", "/topics", $"/topics/{topic}", $"/topics/{topic}?measure=errors", "/ledger", $"/ledger?topic={topic}&group={Uri.EscapeDataString(Group)}",
            $"/ledger/records?cell=failed&topic={topic}&group={Uri.EscapeDataString(Group)}", $"/ledger/records?cell=sendFailed&topic={topic}",
        ];
        foreach (var path in paths)
        {
            var page = await server.PageAsync(path);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<svg onload", page, StringComparison.Ordinal);
            await using var visit = await browser.OpenAsync(server.Address, path);
            visit.Page.Dialog += (_, dialog) => Assert.Fail($"{path} ran what a name says: {dialog.Message}");
            Assert.Equal(0, await visit.Page.Locator("img[src='x'], svg[onload], main script").CountAsync());
        }

        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", await server.PageAsync($"/topics/{topic}"), StringComparison.Ordinal);
    }

    private static IEnumerable<TestSpan> Order(int number, DateTimeOffset start)
    {
        var trace = $"{0xbad0 + number:x32}";
        yield return new TestSpan(Service, "send", trace, $"{(number * 2) + 1:x16}")
        {
            Kind = TestSpan.Producer,
            Start = start.AddSeconds(number),
            Error = number == 1 ? "MESSAGE_TOO_LARGE" : null,
            Attributes = Record("send", number),
        };
        yield return new TestSpan(Service, "process", trace, $"{(number * 2) + 2:x16}")
        {
            ParentId = $"{(number * 2) + 1:x16}",
            Kind = TestSpan.Consumer,
            Start = start.AddSeconds(number + 2),
            Error = number == 2 ? Group : null,
            Attributes = new Dictionary<string, object>(Record("process", number)) { ["messaging.consumer.group.name"] = Group },
        };
    }

    private static Dictionary<string, object> Record(string operation, int number) => new()
    {
        ["messaging.system"] = "kafka",
        ["messaging.operation.type"] = operation,
        ["messaging.destination.name"] = Topic,
        ["messaging.destination.partition.id"] = "0",
        ["messaging.kafka.offset"] = number,
        ["messaging.kafka.message.key"] = Service,
    };
}
