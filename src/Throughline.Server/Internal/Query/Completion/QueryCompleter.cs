using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Query.Completion;

/// <summary>Offers what may come next in a query: from the language, and from what the store holds.</summary>
internal sealed class QueryCompleter(ISpanStore store)
{
    /// <summary>Names and values that are asked of the store, of which those that fit are offered.</summary>
    private const int StoreValuesMax = 1000;

    private static readonly string[] Durations = ["100ms", "500ms", "1s", "5s", "30s", "1m", "5m"];

    public Candidates Complete(string text, int caret, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var from = PieceBefore(text[..caret]);
        var to = caret;
        while (to < text.Length && from < caret && Tokenizer.IsWordCharacter(text[to]))
        {
            to++;
        }

        if (QueryParser.After(text[..from], out var error) is not { } expected)
        {
            return new Candidates(from, to, [], error);
        }

        var begun = text[from..caret].Replace("`", "", StringComparison.Ordinal).TrimStart('"', '\'');
        var items = Offers(expected, range, cancellationToken)
            .Select(c => (Candidate: c, Rank: Rank(c, begun)))
            .Where(c => c.Rank < int.MaxValue)
            .OrderBy(c => c.Rank)
            .Select(c => c.Candidate)
            .Take(limit)
            .ToList();
        return new Candidates(from, to, items);
    }

    /// <summary>Where the word or quote begins that is not ended yet; the end where there is none.</summary>
    private static int PieceBefore(string text)
    {
        var tokens = new Tokenizer(text);
        try
        {
            for (var token = tokens.Next(); token.Kind != TokenKind.End; token = tokens.Next())
            {
                if (token.Kind == TokenKind.Word && token.End == text.Length)
                {
                    return token.Start;
                }
            }

            return text.Length;
        }
        catch (QueryException)
        {
            return tokens.PieceStart;
        }
    }

    private static int Rank(Candidate candidate, string begun)
    {
        if (begun.Length == 0)
        {
            return 0;
        }

        var text = candidate.Text.Trim('"').Replace("`", "", StringComparison.Ordinal);
        return text.StartsWith(begun, StringComparison.OrdinalIgnoreCase) ? 0
            : char.IsLetterOrDigit(begun[0]) && text.Contains(begun, StringComparison.OrdinalIgnoreCase) ? 1
            : int.MaxValue;
    }

    private IEnumerable<Candidate> Offers(Expectation expected, TimeRange range, CancellationToken cancellationToken) =>
        expected.Kind switch
        {
            ExpectationKind.Condition => Conditions(range, cancellationToken),
            ExpectationKind.Comparison => Operators.AllowedFor(FieldNames.TypeOf(expected.Field))
                .Select(o => new Candidate(o, "operator"))
                .Concat([
                    new Candidate("in (", "operator", "one of a list"),
                    new Candidate("not in (", "operator", "none of a list"),
                    new Candidate(Keywords.Exists, "operator", "whatever its value"),
                ]),
            ExpectationKind.Value => Values(expected.Field, range, cancellationToken),
            ExpectationKind.ListStart => [new Candidate("(", "operator")],
            ExpectationKind.ListRest => [new Candidate(",", "operator"), new Candidate(")", "operator")],
            _ => Connectives(expected),
        };

    private IEnumerable<Candidate> Conditions(TimeRange range, CancellationToken cancellationToken)
    {
        var fields = FieldNames.All.Select(f => new Candidate(f.Name, "field", f.About));
        var words = new[]
        {
            new Candidate(Keywords.Error, "keyword", "status = error"),
            new Candidate(Keywords.Not, "keyword", "the opposite of what follows"),
            new Candidate("(", "operator"),
        };
        var attributes = store.AttributeNames(range, StoreValuesMax, cancellationToken)
            .Select(n => new Candidate(FieldReader.Print(new Field(WellKnownField.Attribute, n)), "attribute"));
        return fields.Concat(words).Concat(attributes);
    }

    private IEnumerable<Candidate> Values(Field field, TimeRange range, CancellationToken cancellationToken)
    {
        var name = FieldNames.Of(field.Known);
        return name?.Type switch
        {
            FieldType.Word => name.Words.Select(w => new Candidate(w, "value")),
            FieldType.Duration => Durations.Select(d => new Candidate(d, "value")),
            FieldType.TraceId or FieldType.SpanId => [],
            _ => store.Values(field, range, StoreValuesMax, cancellationToken)
                .Select(v => new Candidate(QueryPrinter.Print(field, ValueOf(field, v)), "value")),
        };
    }

    /// <summary>A stored number is offered as one, without quotes.</summary>
    private static QueryValue ValueOf(Field field, string value) =>
        new(value, FieldNames.TypeOf(field) == FieldType.Any ? ValueReader.NumberOf(value) : null);

    private static IEnumerable<Candidate> Connectives(Expectation expected)
    {
        yield return new Candidate(Keywords.And, "keyword");
        yield return new Candidate(Keywords.Or, "keyword");
        if (expected.IsInParentheses)
        {
            yield return new Candidate(")", "operator");
        }
    }
}
