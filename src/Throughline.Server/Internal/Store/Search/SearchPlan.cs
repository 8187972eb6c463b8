using System.Globalization;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>
/// What of a query the indexes can answer: equality, by terms; durations and lags, by their columns. The rest is left to
/// <see cref="SpanMatcher"/>, which sees every candidate.
/// </summary>
internal sealed class SearchPlan
{
    private readonly Node _root;

    public SearchPlan(Condition? where) => _root = where is null ? Node.Any : Make(where);

    /// <summary>False when a segment surely has no such span, by its filter of attributes and its filter of ids.</summary>
    public bool MayMatch(BloomFilter? terms, BloomFilter ids) =>
        _root.MayMatch(term => ((term & Term.IdBit) != 0 ? ids : terms)?.MayContain(term) ?? true)
        || ids.MayContain(Term.Partial);

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

    private static Node Make(Condition condition)
    {
        switch (condition)
        {
            case Condition.And conjunction:
                return new AllOf([.. conjunction.All.Select(Make).Where(node => node != Node.Any)]);
            case Condition.Or disjunction:
                var any = disjunction.Any.Select(Make).ToArray();
                return any.Contains(Node.Any) ? Node.Any : new AnyOf(any);
            case Condition.Compare compare:
                return Make(compare);
            default:
                return Node.Any;
        }
    }

    private static Node Make(Condition.Compare compare)
    {
        var field = compare.Field;
        if (field.Known is WellKnownField.Duration or WellKnownField.Lag)
        {
            return Range(field.Known == WellKnownField.Lag ? LogColumn.Lag : LogColumn.Duration, compare);
        }

        if (compare.Comparison != Comparison.Equal)
        {
            return Node.Any;
        }

        if (field.Known == WellKnownField.TraceId)
        {
            return TraceId.TryParse(compare.Value.Text, out var id) ? new Terms([Term.Trace(id)]) : new Terms([]);
        }

        var key = field.Known == WellKnownField.Attribute
            ? Term.Key(System.Text.Encoding.UTF8.GetBytes(field.Attribute ?? ""))
            : IndexedKeys.Of(field.Known)?.Hash;
        return key is { } known ? new Terms([.. Texts(compare.Value).Select(text => Term.Attribute(known, text))]) : Node.Any;
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

    private static Node Range(LogColumn column, Condition.Compare compare)
    {
        if (compare.Comparison == Comparison.Exists)
        {
            return new Within(column, LogScale.Lowest, byte.MaxValue);
        }

        if (compare.Value.Number is not { } number)
        {
            return Node.Any;
        }

        var at = LogScale.Of(number >= long.MaxValue ? long.MaxValue : (long)number);
        // Cut to whole nanoseconds, a number may have come down into the byte below.
        return compare.Comparison switch
        {
            Comparison.Equal => new Within(column, at, at),
            Comparison.Less or Comparison.LessOrEqual => new Within(column, LogScale.Lowest, at),
            Comparison.Greater or Comparison.GreaterOrEqual => new Within(column, at, byte.MaxValue),
            _ => Node.Any,
        };
    }

    private abstract class Node
    {
        public static Node Any { get; } = new Everything();

        public abstract bool MayMatch(Func<ulong, bool> mayContain);

        public abstract RowSet? Rows(ITermIndex index, int rows);
    }

    private sealed class Everything : Node
    {
        public override bool MayMatch(Func<ulong, bool> mayContain) => true;

        public override RowSet? Rows(ITermIndex index, int rows) => null;
    }

    private sealed class Terms(ulong[] terms) : Node
    {
        public override bool MayMatch(Func<ulong, bool> mayContain) => Array.Exists(terms, term => mayContain(term));

        public override RowSet? Rows(ITermIndex index, int rows)
        {
            var found = new RowSet(rows);
            foreach (var term in terms)
            {
                index.AddRows(term, found);
            }

            return found;
        }
    }

    private sealed class Within(LogColumn column, byte from, byte to) : Node
    {
        public override bool MayMatch(Func<ulong, bool> mayContain) => true;

        public override RowSet? Rows(ITermIndex index, int rows)
        {
            var found = new RowSet(rows);
            index.AddRows(column, from, to, found);
            return found;
        }
    }

    private sealed class AllOf(Node[] nodes) : Node
    {
        public override bool MayMatch(Func<ulong, bool> mayContain) => Array.TrueForAll(nodes, node => node.MayMatch(mayContain));

        public override RowSet? Rows(ITermIndex index, int rows)
        {
            RowSet? all = null;
            foreach (var node in nodes)
            {
                if (node.Rows(index, rows) is not { } found)
                {
                    continue;
                }

                if (all is null)
                {
                    all = found;
                }
                else
                {
                    all.IntersectWith(found);
                }

                if (all.IsEmpty)
                {
                    break;
                }
            }

            return all;
        }
    }

    private sealed class AnyOf(Node[] nodes) : Node
    {
        public override bool MayMatch(Func<ulong, bool> mayContain) => Array.Exists(nodes, node => node.MayMatch(mayContain));

        public override RowSet? Rows(ITermIndex index, int rows)
        {
            var any = new RowSet(rows);
            foreach (var node in nodes)
            {
                if (node.Rows(index, rows) is not { } found)
                {
                    return null;
                }

                any.UnionWith(found);
            }

            return any;
        }
    }
}
