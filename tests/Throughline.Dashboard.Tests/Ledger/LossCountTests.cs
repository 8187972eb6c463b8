using Throughline.Dashboard.Internal.Ledger;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Tests.Ledger;

public sealed class LossCountTests
{
    [Fact]
    public void What_was_never_stored_counts_once_however_many_groups_read()
    {
        var rows = new[] { Lost("billing", refused: 3, skipped: 0), Lost("mail", refused: 3, skipped: 2) };

        Assert.Equal(5, LossCount.OfTopic(rows));
    }

    [Fact]
    public void Where_nobody_told_it_is_unknown_and_not_zero() => Assert.Null(LossCount.OfTopic([Figures.Row("orders", "billing")]));

    private static LedgerRow Lost(string group, double refused, double skipped) => Figures.Row(
        "orders",
        group,
        (LedgerCell.SendFailed, refused, Verdict.Lost),
        (LedgerCell.Skipped, skipped, Verdict.Lost),
        (LedgerCell.Lost, refused + skipped, Verdict.Lost));
}
