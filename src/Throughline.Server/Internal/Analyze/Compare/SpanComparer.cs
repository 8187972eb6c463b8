using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>
/// Sets two sides of spans against each other: 1. reads a sample of both; 2. draws the line above which a span is slow;
/// 3. counts what spans of both say; 4. ranks values by how surely their share differs.
/// </summary>
internal sealed class SpanComparer(ISpanStore store)
{
    private const double SlowFrom = 0.9;

    public SpanComparison Compare(ComparisonRequest request, CancellationToken cancellationToken)
    {
        double? Measured(SpanFacts span) => request.IsLag ? SpanLag.Of(span) : span.DurationNs;

        // 1. and 2. Both sides, and what is slow
        var (a, b, threshold) = request.By switch
        {
            ComparedBy.Slow => SlowAndRest(request, Measured, cancellationToken),
            ComparedBy.Range => WithThreshold(
                request, Measured, ("this time", Sample(request, null, request.Range, cancellationToken)), ("the other time", Sample(request, null, request.Other, cancellationToken))),
            _ => Attributes(request, Measured, cancellationToken),
        };

        // 3. What they say
        var tallies = new ValueTallies(span => Measured(span) > threshold);
        tallies.Add(a.Sample.Spans, isA: true);
        tallies.Add(b.Sample.Spans, isA: false);

        // 4. What differs
        var sideA = SideOf(a.Name, a.Sample, threshold, Measured);
        var sideB = SideOf(b.Name, b.Sample, threshold, Measured);
        var ranking = new ValueRanking(tallies, request.By == ComparedBy.Slow);
        var values = ranking.Ranked(Own(request)).ToList();
        return new SpanComparison(
            request.IsLag ? "lag" : "duration",
            threshold,
            sideA,
            sideB,
            [.. values.Take(request.Limit)],
            ranking.Compared,
            values.Count > request.Limit,
            ValueRanking.Rule);
    }

    private ((string Name, SpanSample Sample) A, (string Name, SpanSample Sample) B, double Threshold) SlowAndRest(
        ComparisonRequest request, Func<SpanFacts, double?> measured, CancellationToken cancellationToken)
    {
        var all = Sample(request, null, request.Range, cancellationToken);
        var threshold = request.OverNs ?? Threshold(all, measured);
        if (all.IsAll)
        {
            var parts = all.Spans.ToLookup(span => measured(span.Facts) > threshold);
            return (("slow", new SpanSample([.. parts[true]], IsAll: true)), ("the others", new SpanSample([.. parts[false]], IsAll: true)), threshold);
        }

        var field = request.IsLag ? WellKnownField.Lag : WellKnownField.Duration;
        var line = (long)threshold;
        return (
            ("slow", Sample(request, TagConditions.Duration(field, Comparison.Greater, line), request.Range, cancellationToken)),
            ("the others", Sample(request, TagConditions.Duration(field, Comparison.LessOrEqual, line), request.Range, cancellationToken)),
            line);
    }

    private ((string Name, SpanSample Sample) A, (string Name, SpanSample Sample) B, double Threshold) Attributes(
        ComparisonRequest request, Func<SpanFacts, double?> measured, CancellationToken cancellationToken)
    {
        var known = store.Values(request.Attribute, request.Range, 3, cancellationToken);
        var a = request.A ?? known.FirstOrDefault(value => value != request.B) ?? "";
        var b = request.B ?? known.FirstOrDefault(value => value != a) ?? "";
        return WithThreshold(
            request,
            measured,
            (Name(a), Sample(request, Is(a), request.Range, cancellationToken)),
            (Name(b), b == a ? new SpanSample([], IsAll: true) : Sample(request, Is(b), request.Range, cancellationToken)));

        string Name(string value) => value.Length == 0 ? "no value" : value;
        Condition Is(string value) => new Condition.Compare(request.Attribute, Comparison.Equal, ValueRanking.ValueOf(request.Attribute, value));
    }

    /// <summary>What is slow on the second side is slow on both.</summary>
    private static ((string Name, SpanSample Sample) A, (string Name, SpanSample Sample) B, double Threshold) WithThreshold(
        ComparisonRequest request, Func<SpanFacts, double?> measured, (string Name, SpanSample Sample) a, (string Name, SpanSample Sample) b) =>
        (a, b, request.OverNs ?? Threshold(b.Sample.Spans.Count > 0 ? b.Sample : a.Sample, measured));

    private SpanSample Sample(ComparisonRequest request, Condition? more, TimeRange range, CancellationToken cancellationToken)
    {
        // Of lags only those that a span tells, and that clocks agree on.
        Condition?[] all = [request.Where, more, request.IsLag ? TagConditions.Duration(WellKnownField.Lag, Comparison.GreaterOrEqual, 0) : null];
        return SpanSample.Read(
            store, TagConditions.All([.. all.OfType<Condition>()]), range, request.SampleMax, request.WorkMax, cancellationToken);
    }

    private static double Threshold(SpanSample sample, Func<SpanFacts, double?> measured) =>
        Sorted(sample, measured) is { Count: > 0 } sorted ? Estimate.Quantile(sorted, SlowFrom).Value : 0;

    private static List<double> Sorted(SpanSample sample, Func<SpanFacts, double?> measured) =>
        [.. sample.Spans.Select(span => measured(span.Facts)).OfType<double>().Order()];

    private static ComparedSide SideOf(string name, SpanSample sample, double threshold, Func<SpanFacts, double?> measured)
    {
        var sorted = Sorted(sample, measured);
        return sorted.Count == 0
            ? new ComparedSide(name, sample.Spans.Count, !sample.IsAll, null, null, null)
            : new ComparedSide(
                name,
                sample.Spans.Count,
                !sample.IsAll,
                Estimate.Quantile(sorted, 0.5),
                Estimate.Quantile(sorted, 0.95),
                Estimate.Share(sorted.Count(value => value > threshold), sorted.Count));
    }

    /// <summary>What differs because the sides were made so.</summary>
    private static string? Own(ComparisonRequest request) =>
        request.By == ComparedBy.Attribute ? FieldReader.Print(request.Attribute) : null;
}
