using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What failed, and what stands alone.</summary>
internal static class ErrorAnswers
{
    private static readonly HashSet<Measure> Errors = [Measure.SpanError];
    private static readonly HashSet<Measure> OrphanCounts = [Measure.Orphans];
    private static readonly HashSet<Measure> AllSpans = [Measure.Spans];
    private static readonly HashSet<Measure> Doubts = [Measure.Ambiguous, Measure.ParentsLate];

    public static Answer<ErrorRow> Of(Question question)
    {
        var filter = question.Filter;
        var rows = question.Read(FamilyKind.Service, Errors, key => filter.Service is null || filter.Service == key.First)
            .Select(static result => (result, Parts: Detail.Parts(result.Name.Detail, 4)))
            .Where(row => (filter.Topic is null || filter.Topic == row.Parts[0])
                && (filter.Group is null || filter.Group == row.Parts[1]))
            .Select(static row => new ErrorRow(
                row.result.Name.Family.First,
                row.Parts[0],
                row.Parts[1],
                row.Parts[2],
                row.Parts[3],
                row.result.Value.Count,
                row.result.Value.Sum));
        return question.Answer(rows.OrderByDescending(static row => row.Count));
    }

    public static Answer<OrphanRow> Orphans(Question question, Examples examples)
    {
        var filter = question.Filter;
        var rows = question.Read(FamilyKind.Service, OrphanCounts, key => filter.Service is null || filter.Service == key.First)
            .Select(static result => (result, Parts: Detail.Parts(result.Name.Detail, 2)))
            .Where(row => row.result.Value.Count > 0 && Enum.IsDefined(CauseOf(row.Parts[0]))
                && (filter.Topic is null || filter.Topic == row.Parts[1]))
            .Select(row => new OrphanRow(
                CauseOf(row.Parts[0]),
                row.result.Name.Family.First,
                row.Parts[1],
                row.result.Value.Count,
                row.result.Value.Sum,
                examples.Of(new ExampleKey(null, "", row.Parts[1], row.result.Name.Family.First, row.Parts[0]))));
        return question.Answer(rows.OrderByDescending(static row => row.Count));
    }

    public static Answer<PairingRow> Pairing(Question question)
    {
        var filter = question.Filter;
        var rows = question.Read(FamilyKind.Service, Doubts, key => filter.Service is null || filter.Service == key.First)
            .Where(result => filter.Topic is null || filter.Topic == result.Name.Detail)
            .GroupBy(static result => result.Name)
            .Select(static group => new PairingRow(
                group.Key.Family.First, group.Key.Detail, Count(group, Measure.Ambiguous), Count(group, Measure.ParentsLate)));
        return question.Answer(rows.OrderByDescending(static row => row.Ambiguous + row.ParentsLate));
    }

    public static Answer<WeightRow> Weights(Question question)
    {
        var filter = question.Filter;
        var rows = question.Read(FamilyKind.Service, AllSpans, key => filter.Service is null || filter.Service == key.First)
            .Select(static result => new WeightRow(result.Name.Family.First, result.Value.Sum, result.Value.Count));
        return question.Answer(rows.OrderByDescending(static row => row.StandFor));
    }

    private static double Count(IEnumerable<RollupResult> results, Measure measure) =>
        results.Where(result => result.Measure == measure).Sum(static result => result.Value.Count);

    private static OrphanCause CauseOf(string name) => Enum.TryParse<OrphanCause>(name, out var cause) ? cause : (OrphanCause)(-1);
}
