using System.Globalization;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Search.Plan;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>
/// What of a query the indexes can answer: equality, by terms; durations and lags, by their columns. The rest is left to
/// <see cref="SpanMatcher"/>, which sees every candidate.
/// </summary>
internal sealed class SearchPlan
{
    private readonly PlanNode _root;

    public SearchPlan(Condition? where) => _root = where is null ? PlanNode.Any : Make(where);

    /// <summary>False when a segment surely has no such span.</summary>
    public bool MayMatch(SegmentGlance segment) => _root.MayMatch(segment) || segment.MayContain(Term.Partial);

    /// <summary>The rows that may fulfil the query; null for all.</summary>
    public RowSet? Candidates(ITermIndex index, int rows)
    {
        var candidates = _root.Rows(index, rows);
        if (candidates is not null)
        {
            index.AddRows(Term.Partial, candidates);
        }

        return candidates;
    }

    private static PlanNode Make(Condition condition)
    {
        switch (condition)
        {
            case Condition.And conjunction:
                // Offsets first: where there are none of them, nothing else is read.
                return new AllOf([.. conjunction.All.Select(Make).Prepend(OffsetsAsked.In(conjunction.All) ?? PlanNode.Any).Where(node => node != PlanNode.Any)]);
            case Condition.Or disjunction:
                var any = disjunction.Any.Select(Make).ToArray();
                return any.Contains(PlanNode.Any) ? PlanNode.Any : new AnyOf(any);
            case Condition.Compare compare:
                return Make(compare);
            default:
                return PlanNode.Any;
        }
    }

    private static PlanNode Make(Condition.Compare compare)
    {
        var field = compare.Field;
        if (field.Known is WellKnownField.Duration or WellKnownField.Lag)
        {
            return Range(field.Known == WellKnownField.Lag ? LogColumn.Lag : LogColumn.Duration, compare);
        }

        if (compare.Comparison != Comparison.Equal)
        {
            return PlanNode.Any;
        }

        if (field.Known == WellKnownField.TraceId)
        {
            return TraceId.TryParse(compare.Value.Text, out var id) ? new HasTerm([Term.Trace(id)]) : new HasTerm([]);
        }

        var key = field.Known == WellKnownField.Attribute
            ? Term.Key(System.Text.Encoding.UTF8.GetBytes(field.Attribute ?? ""))
            : IndexedKeys.Of(field.Known)?.Hash;
        return key is { } known ? new HasTerm([.. Texts(compare.Value).Select(text => Term.Attribute(known, text))]) : PlanNode.Any;
    }

    // As the query has it, and as an instrumentation would have written the number.
    private static IEnumerable<string> Texts(QueryValue value)
    {
        yield return value.Text;
        if (value.Number is not { } number)
        {
            yield break;
        }

        if (long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            if (whole.ToString(CultureInfo.InvariantCulture) is var written && written != value.Text)
            {
                yield return written;
            }
        }
        else if (Math.Abs(number) < long.MaxValue && number == Math.Floor(number))
        {
            yield return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        if (number.ToString("R", CultureInfo.InvariantCulture) is var asDouble && asDouble != value.Text)
        {
            yield return asDouble;
        }
    }

    private static PlanNode Range(LogColumn column, Condition.Compare compare)
    {
        if (compare.Comparison == Comparison.Exists)
        {
            return new IsWithin(column, LogScale.Lowest, byte.MaxValue);
        }

        if (compare.Value.Number is not { } number)
        {
            return PlanNode.Any;
        }

        var at = LogScale.Of(number >= long.MaxValue ? long.MaxValue : (long)number);
        // Cut to whole nanoseconds, a number may have come down into the byte below.
        return compare.Comparison switch
        {
            Comparison.Equal => new IsWithin(column, at, at),
            Comparison.Less or Comparison.LessOrEqual => new IsWithin(column, LogScale.Lowest, at),
            Comparison.Greater or Comparison.GreaterOrEqual => new IsWithin(column, at, byte.MaxValue),
            _ => PlanNode.Any,
        };
    }
}
