using Throughline.Server.Internal.Analyze;
using Throughline.Server.Tests.Analyze;

namespace Throughline.Server.Tests.Brokers;

/// <summary>A topic and a group whose offsets were asked for long enough: longer than the hour that tests ask about.</summary>
public abstract class WatchedOrders : IDisposable
{
    private protected WatchedOrders()
    {
        for (var minute = 0; minute < 70; minute++)
        {
            View(new() { End = 100, Committed = 90 });
        }
    }

    private protected AnalysisRun Run { get; } = new();

    public void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A minute later.</summary>
    private protected void View(ClusterViews view)
    {
        Run.Clock.Pass(TimeSpan.FromMinutes(1));
        Run.Analyses.Take(ClusterViews.Cluster, (view with { AskedUnixNs = Run.Clock.UnixNs }).Made());
    }

    private protected LedgerRow Row() => Assert.Single(Run.Shown().Answers.Ledger(Run.LastHour, default).Rows);

    private protected static void Is(
        LedgerRow row, LedgerCell cell, double value, LedgerBasis basis, Certainty certainty, Verdict verdict)
    {
        var figure = row[cell];
        Assert.Equal(
            (cell, value, basis, certainty, verdict), (figure.Cell, figure.Value, figure.Basis, figure.Certainty, figure.Verdict));
    }
}
