using Throughline.Cli.Demo.Orders;

namespace Throughline.Cli.Demo.Stay;

/// <summary>The orders of those who pass while people look: mostly usual ones, and nothing that would be slower than the slowest, or lost.</summary>
internal static class PassingOrders
{
    private const int WholesaleEach = 3;
    private const int SlowEach = 25;
    private const int FlakyEach = 40;
    private const int DeclinedEach = 60;

    /// <param name="number">From 0 on.</param>
    /// <param name="hasFaults">Some are slow or fail, rarely.</param>
    public static DemoOrder At(int number, bool hasFaults)
    {
        var order = DemoOrder.Usual(number);
        return !hasFaults ? order
            : IsLast(number, DeclinedEach) ? order with { Card = Cards.Declined }
            : IsLast(number, FlakyEach) ? order with { Card = Cards.Flaky }
            : IsLast(number, SlowEach) ? order with { Card = Cards.Slow }
            : IsLast(number, WholesaleEach) ? order with { Customer = ShopDay.Wholesaler }
            : order;
    }

    private static bool IsLast(int number, int of) => number % of == of - 1;
}
