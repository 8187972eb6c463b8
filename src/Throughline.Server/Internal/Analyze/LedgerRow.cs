namespace Throughline.Server.Internal.Analyze;

/// <summary>What became of the records of a topic, in one group.</summary>
/// <param name="Cluster">A cluster's id, an environment in parentheses, or empty where nobody told.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Group">Null where no group is known that reads it.</param>
/// <param name="Figures">One for each cell; those about sending are of the topic, the same for each of its groups.</param>
internal sealed record LedgerRow(string Cluster, string Topic, string? Group, IReadOnlyList<LedgerFigure> Figures)
{
    public LedgerFigure this[LedgerCell cell] => Figures.First(figure => figure.Cell == cell);
}
