using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Query.TraceQl;

/// <summary>
/// Reads one spanset filter of TraceQL, <c>{ … }</c>; <c>docs/query.md</c> lists what of it is known. As in Tempo,
/// <c>&amp;&amp;</c> and <c>||</c> bind equally and from the left, and what a span lacks fulfils neither <c>!=</c> nor
/// <c>!~</c>.
/// </summary>
internal sealed class TraceQlParser
{
    private readonly string _text;
    private readonly TraceQlTokenizer _tokens;
    private TraceQlToken _token;
    private int _depth;
    private int _comparisons;

    private TraceQlParser(string text)
    {
        _text = text;
        _tokens = new TraceQlTokenizer(text);
    }

    /// <summary>The condition, or null for <c>{}</c>: every span fulfils that.</summary>
    /// <exception cref="QueryException">No TraceQL, or more than this subset.</exception>
    public static Condition? Parse(string text) => new TraceQlParser(text).Parse();

    private Condition? Parse()
    {
        if (_text.Length > QueryLimits.LengthMax)
        {
            throw QueryException.At(_text, QueryLimits.LengthMax, $"a query has at most {QueryLimits.LengthMax} characters");
        }

        Advance();
        if (!_token.Is("{"))
        {
            throw Unexpected(", expecting {");
        }

        Advance();
        var condition = _token.Is("}") ? null : ParseExpression();
        if (!_token.Is("}"))
        {
            throw Unexpected("");
        }

        Advance();
        return _token.Kind == TraceQlTokenKind.End
            ? condition
            : throw Unexpected("; this server knows one {…} and nothing behind it");
    }

    private void Advance() => _token = _tokens.Next();

    private Condition? ParseExpression()
    {
        var left = ParseUnary();
        while (_token.Is("&&") || _token.Is("||"))
        {
            var isAnd = _token.Is("&&");
            Advance();
            left = Combine(isAnd, left, ParseUnary());
        }

        return left;
    }

    /// <summary>Null stands for <c>true</c>.</summary>
    private static Condition? Combine(bool isAnd, Condition? left, Condition? right) => (isAnd, left, right) switch
    {
        (true, null, _) => right,
        (true, _, null) => left,
        (true, Condition.And each, _) => new Condition.And([.. each.All, right]),
        (true, _, _) => new Condition.And([left, right]),
        (false, null, _) or (false, _, null) => null,
        (false, Condition.Or either, _) => new Condition.Or([.. either.Any, right]),
        (false, _, _) => new Condition.Or([left, right]),
    };

    private Condition? ParseUnary()
    {
        if (_token.Is("!"))
        {
            var start = _token.Start;
            Advance();
            if (!_token.Is("("))
            {
                throw Unexpected(", expecting (");
            }

            return new Condition.Not(ParseParentheses() ?? throw NotSupported(start, "!true"));
        }

        if (_token.Is("("))
        {
            return ParseParentheses();
        }

        if (_token.IsWord("true"))
        {
            Advance();
            return null;
        }

        return ParseComparison();
    }

    private Condition? ParseParentheses()
    {
        if (++_depth > QueryLimits.DepthMax)
        {
            throw QueryException.At(_text, _token.Start, $"parentheses are nested {QueryLimits.DepthMax} times at most");
        }

        Advance();
        var inner = ParseExpression();
        if (!_token.Is(")"))
        {
            throw Unexpected(", expecting )");
        }

        _depth--;
        Advance();
        return inner;
    }

    private Condition ParseComparison()
    {
        var token = _token;
        if (token.Kind is not (TraceQlTokenKind.Word or TraceQlTokenKind.Attribute))
        {
            throw token.Kind is TraceQlTokenKind.Text or TraceQlTokenKind.Number
                ? NotSupported(token.Start, "a value before its comparison; the attribute comes first")
                : Unexpected("");
        }

        var field = TraceQlFields.Of(token) ?? throw NotSupported(token.Start, token.Kind == TraceQlTokenKind.Word
            ? $"{token.Text}; intrinsics known here are {TraceQlFields.IntrinsicNames}"
            : $"the scope {token.Scope}; attributes are .name, span.name or resource.name");
        if (++_comparisons > QueryLimits.ComparisonsMax)
        {
            throw QueryException.At(_text, token.Start, $"a query has at most {QueryLimits.ComparisonsMax} comparisons");
        }

        Advance();
        if (_token.Kind != TraceQlTokenKind.Sign || Comparing(_token.Text) is not { } comparison)
        {
            return field.Known == WellKnownField.Attribute && IsEndOfTerm()
                ? new Condition.Compare(field, Comparison.Equal, new QueryValue("true"))
                : throw Unexpected("");
        }

        Advance();
        return ParseValue(field, comparison);
    }

    private bool IsEndOfTerm() => _token.Is("&&") || _token.Is("||") || _token.Is("}") || _token.Is(")");

    private static Comparison? Comparing(string sign) =>
        sign is "=" or "!=" or "<" or "<=" or ">" or ">=" or "=~" or "!~" ? Operators.Of(sign) : null;

    private Condition ParseValue(Field field, Comparison comparison)
    {
        var start = _token.Start;
        if (_token.IsWord("nil"))
        {
            Advance();
            var exists = new Condition.Compare(field, Comparison.Exists, QueryValue.None);
            return comparison switch
            {
                Comparison.NotEqual => exists,
                Comparison.Equal => new Condition.Not(exists),
                _ => throw NotSupported(start, "nil with anything but = and !="),
            };
        }

        var type = FieldNames.TypeOf(field);
        if (!Operators.IsAllowed(type, comparison))
        {
            throw QueryException.At(_text, start, $"{FieldReader.Print(field)} is compared by {string.Join(' ', Operators.AllowedFor(type))}");
        }

        var value = ValueReader.Read(field, comparison, ValueToken(type), out var problem);
        if (problem is not null)
        {
            throw QueryException.At(_text, start, problem);
        }

        Advance();
        var compare = new Condition.Compare(field, comparison, value!.Value);
        return comparison is (Comparison.NotEqual or Comparison.NotMatches) && type == FieldType.Any
            ? new Condition.And([new Condition.Compare(field, Comparison.Exists, QueryValue.None), compare])
            : compare;
    }

    /// <summary>As the own language would have it: a text in quotes, a number or word without.</summary>
    private Token ValueToken(FieldType type)
    {
        var minus = "";
        if (_token.Is("-"))
        {
            minus = "-";
            Advance();
        }

        var isValue = _token.Kind switch
        {
            TraceQlTokenKind.Number => true,
            TraceQlTokenKind.Text => minus.Length == 0 && type is not (FieldType.Word or FieldType.Duration),
            TraceQlTokenKind.Word => minus.Length == 0 && (type == FieldType.Word || _token.Text is "true" or "false"),
            _ => false,
        };
        if (!isValue)
        {
            throw Unexpected("");
        }

        var kind = _token.Kind == TraceQlTokenKind.Text ? TokenKind.Text : TokenKind.Word;
        return new Token(kind, minus + _token.Text, _token.Start, _token.Start);
    }

    private QueryException Unexpected(string more)
    {
        var what = _token.Kind switch
        {
            TraceQlTokenKind.Attribute => ".",
            TraceQlTokenKind.Text => "STRING",
            TraceQlTokenKind.Number => "INTEGER",
            _ => _token.Text,
        };
        return QueryException.At(_text, _token.Start, $"syntax error: unexpected {what}{more}");
    }

    private QueryException NotSupported(int start, string what) =>
        QueryException.At(_text, start, $"not supported by this server: {what}");
}
