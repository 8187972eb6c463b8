namespace Throughline.Server.Internal.Analyze;

/// <summary>What the other figures say of losses.</summary>
internal static class Losses
{
    /// <summary>The sum of those for which there is positive evidence; nothing that is merely missing is in it.</summary>
    public static LedgerFigure Lost(IReadOnlyList<LedgerFigure> told, double refused)
    {
        var parts = told
            .Where(static figure => figure is { Verdict: Verdict.Lost, Value: > 0 })
            .Select(figure => figure.Cell == LedgerCell.SendFailed ? figure with { Value = refused } : figure)
            .ToList();
        if (parts.Count == 0)
        {
            var unknown = told.All(static figure => figure.Value is null);
            return unknown
                ? LedgerFigure.Unknown(LedgerCell.Lost, "nobody told anything")
                : new(LedgerCell.Lost, 0, LedgerBasis.None, Certainty.LowerBound, Verdict.Counted, "no evidence of a loss");
        }

        return new(
            LedgerCell.Lost,
            parts.Sum(static part => part.Value),
            parts.Select(static part => part.Basis).Distinct().Count() == 1 ? parts[0].Basis : LedgerBasis.Several,
            parts.TrueForAll(static part => part.Certainty == Certainty.Exact) ? Certainty.Exact
                : parts.TrueForAll(static part => part.Certainty is Certainty.Exact or Certainty.UpperBound) ? Certainty.UpperBound
                : Certainty.Estimate,
            Verdict.Lost,
            string.Join("; ", parts.Select(static part => $"{part.Value:0.#} {Where(part.Cell)}")));
    }

    /// <summary>Stored and not processed, as far as is known: lag, or no spans, or a loss that left no evidence.</summary>
    public static LedgerFigure NotSeen(IReadOnlyList<LedgerFigure> told)
    {
        var stored = told.First(static figure => figure.Cell == LedgerCell.Stored);
        var processed = told.First(static figure => figure.Cell == LedgerCell.Processed);
        var failed = told.First(static figure => figure.Cell == LedgerCell.Failed);
        if (stored.Value is not { } sent || processed.Value is not { } done)
        {
            return LedgerFigure.Unknown(LedgerCell.NotSeen, "needs both, what was stored and what was processed");
        }

        // A commit passes what failed, too.
        var other = processed.Basis == LedgerBasis.Broker ? 0 : failed.Value ?? 0;
        var left = Math.Max(0, sent - done - other - Located(told));
        var exact = stored.Certainty == Certainty.Exact && processed.Certainty == Certainty.Exact;
        return new(
            LedgerCell.NotSeen,
            left,
            stored.Basis == processed.Basis ? stored.Basis : LedgerBasis.Several,
            exact ? Certainty.Exact : Certainty.Estimate,
            left > 0 ? Verdict.NotSeen : Verdict.Counted,
            left > 0 ? "not read yet, or by nobody who tells" : null);
    }

    /// <summary>What was stored and is known not to be processed any more.</summary>
    private static double Located(IReadOnlyList<LedgerFigure> told) => told
        .Where(static figure => figure is { Verdict: Verdict.Lost, Cell: LedgerCell.Gone or LedgerCell.Expired or LedgerCell.Skipped })
        .Sum(static figure => figure.Value ?? 0);

    private static string Where(LedgerCell cell) => cell switch
    {
        LedgerCell.SendFailed => "never stored",
        LedgerCell.Gone => "acknowledged, then gone",
        LedgerCell.Expired => "expired before they were read",
        LedgerCell.Skipped => "skipped by a commit",
        _ => cell.ToString(),
    };
}
