namespace Throughline.Server.Internal.Query.Language;

/// <summary>
/// Reads the server's own query language, by recursive descent:
/// <code>
/// or         = and { "or" and }
/// and        = unary { "and" unary }
/// unary      = "not" unary | "(" or ")" | "error" | comparison
/// comparison = field ( sign value | [ "not" ] "in" "(" value { "," value } ")" | "exists" )
/// </code>
/// </summary>
internal sealed class QueryParser
{
    private readonly string _text;
    private readonly Tokenizer _tokens;
    private Token _token;
    private int _depth;
    private int _open;
    private int _comparisons;

    private QueryParser(string text)
    {
        _text = text;
        _tokens = new Tokenizer(text);
    }

    /// <summary>What the place where the parser stands allows.</summary>
    private Expectation Expected { get; set; }

    /// <summary>The condition, or null for a text without any: every span fulfils that.</summary>
    /// <exception cref="QueryException">The text is no query.</exception>
    public static Condition? Parse(string text) => new QueryParser(text).Parse();

    /// <summary>What may come after a text that is the beginning of a query; null where it is no beginning of any.</summary>
    public static Expectation? After(string text, out QueryException? error)
    {
        error = null;
        var parser = new QueryParser(text);
        try
        {
            _ = parser.Parse();
            return parser.Expected;
        }
        catch (QueryException e)
        {
            if (parser._token.Kind == TokenKind.End && parser._token.Start == text.Length)
            {
                return parser.Expected;
            }

            error = e;
            return null;
        }
    }

    private Condition? Parse()
    {
        if (_text.Length > QueryLimits.LengthMax)
        {
            throw QueryException.At(
                _text, QueryLimits.LengthMax, $"a query has at most {QueryLimits.LengthMax} characters, this one {_text.Length}");
        }

        // Not an end: what fails before the first piece fails there.
        _token = new Token(TokenKind.Comma, "", 0, 0);
        Advance();
        if (_token.Kind == TokenKind.End)
        {
            return null;
        }

        var condition = ParseOr();
        return _token.Kind == TokenKind.End
            ? condition
            : throw Unexpected(_open > 0 ? "and, or, or )" : "and, or, or the end of the query");
    }

    private void Advance() => _token = _tokens.Next();

    private Condition ParseOr()
    {
        var all = new List<Condition> { ParseAnd() };
        while (_token.Kind == TokenKind.Or || _token.Is(Keywords.Or))
        {
            Advance();
            all.Add(ParseAnd());
        }

        return all.Count == 1 ? all[0] : new Condition.Or(all);
    }

    private Condition ParseAnd()
    {
        var all = new List<Condition> { ParseUnary() };
        while (_token.Kind == TokenKind.And || _token.Is(Keywords.And))
        {
            Advance();
            all.Add(ParseUnary());
        }

        return all.Count == 1 ? all[0] : new Condition.And(all);
    }

    private Condition ParseUnary()
    {
        Expected = new Expectation(ExpectationKind.Condition);
        if (_token.Is(Keywords.Not))
        {
            Descend();
            Advance();
            var inner = ParseUnary();
            _depth--;
            return new Condition.Not(inner);
        }

        if (_token.Kind != TokenKind.Open)
        {
            return ParseComparison();
        }

        Descend();
        _open++;
        Advance();
        var condition = ParseOr();
        if (_token.Kind != TokenKind.Close)
        {
            throw Unexpected("and, or, or )");
        }

        _open--;
        _depth--;
        Advance();
        ExpectConnective();
        return condition;
    }

    private void Descend()
    {
        if (++_depth > QueryLimits.DepthMax)
        {
            throw QueryException.At(
                _text, _token.Start, $"parentheses and not may be within each other {QueryLimits.DepthMax} times at most");
        }
    }

    private Condition ParseComparison()
    {
        if (_token.Is(Keywords.Error))
        {
            return ParseError();
        }

        var field = ParseField();
        Expected = new Expectation(ExpectationKind.Comparison, field);
        if (_token.Is(Keywords.Exists))
        {
            Advance();
            ExpectConnective();
            return Compare(field, Comparison.Exists, QueryValue.None);
        }

        if (_token.Is(Keywords.In))
        {
            return ParseList(field);
        }

        if (_token.Is(Keywords.Not))
        {
            Advance();
            return _token.Is(Keywords.In) ? new Condition.Not(ParseList(field)) : throw Unexpected("in");
        }

        return ParseSign(field);
    }

    private Condition.Compare ParseError()
    {
        Advance();
        if (_token.Kind == TokenKind.Operator)
        {
            throw QueryException.At(_text, _token.Start, "error stands alone, or as status = error");
        }

        ExpectConnective();
        return Compare(new Field(WellKnownField.Status), Comparison.Equal, new QueryValue(Keywords.Error));
    }

    private Field ParseField()
    {
        var token = _token;
        if (token.Kind != TokenKind.Name && (token.Kind != TokenKind.Word || Keywords.IsReserved(token.Text)))
        {
            throw Unexpected("a field, not, error or (");
        }

        var field = FieldReader.Read(token, out var problem) ?? throw QueryException.At(_text, token.Start, problem!);
        Advance();
        return field;
    }

    private Condition.Compare ParseSign(Field field)
    {
        var type = FieldNames.TypeOf(field);
        if (_token.Kind != TokenKind.Operator)
        {
            throw Unexpected($"one of {string.Join(' ', Operators.AllowedFor(type))}, in, not in, exists");
        }

        var comparison = Operators.Of(_token.Text);
        if (!Operators.IsAllowed(type, comparison))
        {
            throw QueryException.At(
                _text,
                _token.Start,
                $"{FieldReader.Print(field)} knows no {_token.Text}, only {string.Join(' ', Operators.AllowedFor(type))}, in, exists");
        }

        Advance();
        var value = ParseValue(field, comparison);
        ExpectConnective();
        return Compare(field, comparison, value);
    }

    private Condition ParseList(Field field)
    {
        Advance();
        Expected = new Expectation(ExpectationKind.ListStart, field);
        if (_token.Kind != TokenKind.Open)
        {
            throw Unexpected("( and a list of values");
        }

        var any = new List<Condition>();
        do
        {
            Advance();
            any.Add(Compare(field, Comparison.Equal, ParseValue(field, Comparison.Equal)));
            Expected = new Expectation(ExpectationKind.ListRest, field);
        }
        while (_token.Kind == TokenKind.Comma);

        if (_token.Kind != TokenKind.Close)
        {
            throw Unexpected(", or )");
        }

        Advance();
        ExpectConnective();
        return any.Count == 1 ? any[0] : new Condition.Or(any);
    }

    private QueryValue ParseValue(Field field, Comparison comparison)
    {
        Expected = new Expectation(ExpectationKind.Value, field);
        if (_token.Kind is not (TokenKind.Word or TokenKind.Text)
            || (_token.Kind == TokenKind.Word && Keywords.IsReserved(_token.Text)))
        {
            throw Unexpected("a value");
        }

        var value = ValueReader.Read(field, comparison, _token, out var problem);
        if (problem is not null)
        {
            throw QueryException.At(_text, _token.Start, problem);
        }

        Advance();
        return value!.Value;
    }

    private Condition.Compare Compare(Field field, Comparison comparison, QueryValue value) =>
        ++_comparisons <= QueryLimits.ComparisonsMax
            ? new Condition.Compare(field, comparison, value)
            : throw QueryException.At(
                _text, _token.Start, $"a query has at most {QueryLimits.ComparisonsMax} comparisons");

    private void ExpectConnective() =>
        Expected = new Expectation(ExpectationKind.Connective, IsInParentheses: _open > 0);

    private QueryException Unexpected(string allowed)
    {
        var found = _token.Kind switch
        {
            TokenKind.End => "the query ends here",
            TokenKind.Word when Keywords.IsReserved(_token.Text) => $"{_token.Text} stands here (quoted it would be a value)",
            _ => $"{_text[_token.Start.._token.End]} stands here",
        };
        return QueryException.At(_text, _token.Start, $"expected {allowed}, but {found}");
    }
}
