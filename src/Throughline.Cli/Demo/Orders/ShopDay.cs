namespace Throughline.Cli.Demo.Orders;

/// <summary>What happens in the shop besides usual orders: the same in every run, so that each has its one right answer.</summary>
internal sealed class ShopDay(OrderSender sender, TimeSpan slowestTime, string orphaningGroup)
{
    /// <summary>Orders much: its partition is hot.</summary>
    public const string Wholesaler = "wholesale@example.com";

    /// <summary>Larger than a record may be (<see cref="Services.ServiceDescriptions"/>), and no larger than an order may be.</summary>
    private const int LongNote = 4000;

    private const int WholesaleOrders = 100;
    private const int OrdersBehind = 5;

    // Whoever orders so long after the slowest order waits less than it does.
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(250);

    private static readonly IReadOnlyList<DemoOrder> Declined =
        [Order(1, "overdrawn@example.com", Cards.Declined), Order(2, "overdrawn@example.com", Cards.Declined)];

    private static readonly IReadOnlyList<DemoOrder> Flaky =
        [.. Enumerable.Range(3, 3).Select(number => Order(number, $"patient-{number}@example.com", Cards.Flaky))];

    private static readonly DemoOrder Unreachable = Order(6, "unlucky@example.com", Cards.Unreachable);

    private static readonly IReadOnlyList<DemoOrder> Slow =
    [
        // In other partitions than the wholesaler's, whose slowest order so waits for nothing but its own card.
        Order(7, "abroad@example.com", Cards.Slow), Order(8, "distant@example.com", Cards.Slow), Order(9, "far-1@example.com", Cards.Slow),
    ];

    private static readonly DemoOrder TooLarge = Order(10, "poet@example.com", Cards.Usual) with { Note = new string('y', LongNote) };

    /// <summary>Lets it happen.</summary>
    /// <returns>What became of those orders that should become something, and what was meant to go wrong.</returns>
    /// <exception cref="HttpRequestException">The service did not answer at all.</exception>
    public async Task<(OrderOutcomes Orders, ShopTruth Truth)> RunAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        // 1. One customer orders far more than anybody else.
        var wholesale = await sender.SendAsync(
            [.. Enumerable.Range(0, WholesaleOrders).Select(number => new DemoOrder(number, Wholesaler))], progress, cancellationToken);

        // 2. Cards that are declined, or that the provider does not check at once, or not at all.
        var declined = await sender.SendAsync(Declined, Ignored, cancellationToken);
        var flaky = await sender.SendAsync(Flaky, Ignored, cancellationToken);
        var unreachable = await sender.SendAsync([Unreachable], Ignored, cancellationToken);

        // 3. An order that is saved, and that nobody ever hears of.
        var lost = await sender.PostAsync(TooLarge, cancellationToken);

        // 4. Slow ones, then the slowest, and orders that wait behind it.
        var slow = await sender.SendAsync(Slow, Ignored, cancellationToken);
        var slowest = await sender.SendAsync(
            [Order(11, Wholesaler, Cards.Challenged(slowestTime)) with { Express = true }], Ignored, cancellationToken);
        await Task.Delay(Lead, cancellationToken);
        var behind = await sender.SendAsync(
            [.. Enumerable.Range(0, OrdersBehind).Select(number => new DemoOrder(number, Wholesaler))], Ignored, cancellationToken);

        var orders = wholesale.And(declined).And(flaky).And(unreachable).And(slow).And(slowest).And(behind);
        var truth = new ShopTruth
        {
            Lost = lost.IsUnannounced ? lost.Id : null,
            Slowest = slowest.Accepted is [var id] ? id : null,
            Retried = flaky.Accepted,
            DeadLettered = [.. declined.Accepted, .. unreachable.Accepted],
            HotKey = Wholesaler,
            OrphaningGroup = orphaningGroup,
        };
        return (lost.IsUnannounced ? orders : orders.And(OrderOutcomes.Of([lost])), truth);
    }

    private static DemoOrder Order(int number, string customer, string card) => new(number, customer) { Card = card };

    private static void Ignored(int answered)
    {
    }
}
