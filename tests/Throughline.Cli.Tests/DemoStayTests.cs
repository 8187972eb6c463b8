using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Throughline.Cli.Demo.Answers;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Stay;
using Throughline.TestServers;

namespace Throughline.Cli.Tests;

/// <summary>What goes wrong on purpose, as whoever looks can find it: by the server that stays up.</summary>
public sealed class DemoStayTests : IDisposable
{
    private const int SigInt = 2;

    // 8 to warm up, 3 usual ones, 115 of the shop.
    private const int Stored = 8 + 3 + 115;

    private readonly HttpClient _http = new();

    [Fact]
    public async Task Whoever_looks_finds_what_goes_wrong_and_Ctrl_C_ends_it()
    {
        using var demo = CliProcess.Start("demo", "--orders", "3", "--port", "0", "--orders-per-second", "0");
        _http.BaseAddress = new Uri(await demo.WaitForOutputAsync("Dashboard "));

        await The_slowest_order_waited_for_its_card();
        await The_lost_order_was_too_large();
        await Audit_breaks_every_trace();
        await One_customer_makes_a_partition_hot();
        await Billing_retries_and_gives_up();

        demo.Signal(SigInt);
        Assert.Equal(ExitCodes.Ok, await demo.WaitForExitAsync());
        if (OperatingSystem.IsLinux())
        {
            Assert.Empty(demo.LeftoverProcesses);
        }

        Assert.Empty(demo.Leftovers);
    }

    [Fact]
    public async Task Where_nobody_looks_it_ends_by_itself()
    {
        var idleMax = TimeSpan.FromSeconds(1);
        await using var server = await DemoServer.StartAsync(port: 0, CancellationToken.None);
        var stay = new DemoStay(server, new OrderSender(_http, server.Address), ordersPerSecond: 0, hasFaults: false);

        var begun = Stopwatch.StartNew();
        await stay.RunAsync(idleMax, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(begun.Elapsed >= idleMax, "It ended before anybody could have looked.");
        Assert.True(server.IdleTime >= idleMax);
    }

    [Fact]
    public void Who_passes_while_people_look_loses_nothing_and_is_never_the_slowest()
    {
        var orders = Enumerable.Range(0, 1000).Select(number => PassingOrders.At(number, hasFaults: true)).ToArray();

        Assert.All(orders, order => Assert.Null(order.Note));
        Assert.Subset(
            new HashSet<string> { Cards.Usual, Cards.Declined, Cards.Flaky, Cards.Slow }, orders.Select(order => order.Card).ToHashSet());
        Assert.InRange(orders.Count(order => order.Card != Cards.Usual), 1, 100);
        Assert.All(Enumerable.Range(0, 1000), number => Assert.Equal(DemoOrder.Usual(number), PassingOrders.At(number, hasFaults: false)));
    }

    public void Dispose() => _http.Dispose();

    private async Task The_slowest_order_waited_for_its_card()
    {
        var found = await AskAsync("search?q=" + Uri.EscapeDataString("name = check_card and duration > 1s"));

        var check = Assert.Single(found.GetProperty("spans").EnumerateArray());
        var trace = await AskAsync($"traces/{check.GetProperty("traceId").GetString()}");
        var spans = trace.GetProperty("spans").EnumerateArray().ToArray();
        var slow = spans.Single(span => Text(span, "name") == "check_card");
        Assert.Equal("3-D Secure challenge", slow.GetProperty("attributes").GetProperty("card.check").GetString());
        Assert.Contains(spans, span => Text(span, "name") == "POST /orders");

        var processing = spans.Single(span => Text(span, "name") == "process order-events" && Text(span, "service") == "billing");
        var slowest = (await AskAsync("latency/slowest")).GetProperty("rows").EnumerateArray().First();
        Assert.Equal(Text(processing, "spanId"), Text(slowest.GetProperty("span"), "spanId"));
    }

    private async Task The_lost_order_was_too_large()
    {
        foreach (var row in await LedgerAsync("order-events"))
        {
            Assert.Equal((Stored, "exact", 1, "lost"), (Figure(row, "stored"), Certainty(row, "stored"), Figure(row, "lost"), Verdict(row, "lost")));
            Assert.Equal(0, Figure(row, "notSeen"));
        }

        var examples = await AskAsync("ledger/examples?cell=sendFailed&topic=order-events");
        var send = Assert.Single(examples.EnumerateArray());
        Assert.Equal("MESSAGE_TOO_LARGE: not stored", Text(send, "why"));
    }

    private async Task Audit_breaks_every_trace()
    {
        var orphans = Assert.Single((await AskAsync("orphans")).GetProperty("rows").EnumerateArray());

        Assert.Equal(("consumerNotExtracting", "audit", Stored), (Text(orphans, "cause"), Text(orphans, "service"), Number(orphans, "count")));
    }

    private async Task One_customer_makes_a_partition_hot()
    {
        var rows = (await AskAsync("skew?topic=order-events")).GetProperty("rows").EnumerateArray().ToArray();

        Assert.Equal("wholesale@example.com", Text(rows.Single(row => Text(row, "signal") == "key"), "key"));
        Assert.Single(rows, row => Text(row, "signal") == "rate");
    }

    private async Task Billing_retries_and_gives_up()
    {
        var billing = (await LedgerAsync("order-events")).Single(row => Text(row, "group") == "billing");
        var retry = Assert.Single(await LedgerAsync("order-events.billing.retry"));

        Assert.Equal((6, 4, 2), (Figure(billing, "failed"), Figure(billing, "retried"), Figure(billing, "deadLettered")));
        Assert.Equal((3, 1, 1), (Figure(retry, "processed"), Figure(retry, "failed"), Figure(retry, "deadLettered")));
    }

    private Task<JsonElement> AskAsync(string path) => _http.GetFromJsonAsync<JsonElement>("/api/v1/" + path);

    private async Task<JsonElement[]> LedgerAsync(string topic) =>
        [.. (await AskAsync($"ledger?topic={topic}")).GetProperty("rows").EnumerateArray()];

    private static JsonElement Cell(JsonElement row, string cell) =>
        row.GetProperty("figures").EnumerateArray().Single(figure => Text(figure, "cell") == cell);

    private static double Figure(JsonElement row, string cell) => Cell(row, cell).GetProperty("value").GetDouble();

    private static string Certainty(JsonElement row, string cell) => Text(Cell(row, cell), "certainty");

    private static string Verdict(JsonElement row, string cell) => Text(Cell(row, cell), "verdict");

    private static string Text(JsonElement row, string name) => row.GetProperty(name).ToString();

    private static double Number(JsonElement row, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            row = row.GetProperty(name);
        }

        return row.GetDouble();
    }
}
