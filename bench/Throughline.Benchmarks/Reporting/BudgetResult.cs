namespace Throughline.Benchmarks.Reporting;

/// <summary>A budget and what became of it.</summary>
internal sealed record BudgetResult(Budget Budget, double? Measured)
{
    internal string Verdict => Measured switch
    {
        null => "not measured",
        { } measured when measured <= Budget.Target => "met",
        _ => "**missed**",
    };

    public override string ToString()
    {
        var unit = Budget.Unit == Unit.Time ? "time" : "bytes";
        var measured = Measured is { } value ? Budget.Text(value) : "–";
        return $"| {Budget.What} | {unit} | ≤ {Budget.Text(Budget.Target)} | {measured} | {Verdict} |";
    }
}
