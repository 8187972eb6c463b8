using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Ledger;

/// <summary>Records that were sent, and that a group does not tell of.</summary>
public sealed class UnseenTests
{
    [Fact]
    public async Task Not_seen_finds_the_very_records_that_the_group_has_not_processed()
    {
        await using var server = await DashboardServer.StartAsync();
        var start = DateTimeOffset.UtcNow.AddSeconds(-30);
        await server.SendAsync(Enumerable.Range(0, 6).SelectMany(number => Order(number, start, isProcessed: number != 4)));

        var page = await server.PageAsync("/ledger/records?cell=notSeen&topic=orders&group=billing", $"/journeys/{Trace(4)}");

        Assert.Single(page.Split("/journeys/"), part => part.Contains("Journey</a>", StringComparison.Ordinal) && part.StartsWith("0000", StringComparison.Ordinal));
    }

    private static IEnumerable<TestSpan> Order(int number, DateTimeOffset start, bool isProcessed)
    {
        yield return new TestSpan("shop", "send orders", Trace(number), $"{(number * 2) + 1:x16}")
        {
            Kind = TestSpan.Producer,
            Start = start.AddSeconds(number),
            Attributes = Record("send", number),
        };
        if (isProcessed)
        {
            yield return new TestSpan("billing-service", "process orders", Trace(number), $"{(number * 2) + 2:x16}")
            {
                ParentId = $"{(number * 2) + 1:x16}",
                Kind = TestSpan.Consumer,
                Start = start.AddSeconds(number + 1),
                Attributes = new Dictionary<string, object>(Record("process", number)) { ["messaging.consumer.group.name"] = "billing" },
            };
        }
    }

    private static string Trace(int number) => $"{0xabc0 + number:x32}";

    private static Dictionary<string, object> Record(string operation, int number) => new()
    {
        ["messaging.system"] = "kafka",
        ["messaging.operation.type"] = operation,
        ["messaging.destination.name"] = "orders",
        ["messaging.destination.partition.id"] = "0",
        ["messaging.kafka.offset"] = number,
    };
}
