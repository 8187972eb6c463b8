using System.Text;

namespace Throughline.Server.Internal.Query.Language;

/// <summary>Cuts a query into pieces. What is a keyword is the parser's matter: a topic may be called <c>in</c>.</summary>
internal sealed class Tokenizer(string text)
{
    private const string NeverInWords = "()=!<>,\"'`&|";
    private static readonly string[] Operators = ["=~", "!~", "!=", "<=", ">=", "=", "<", ">"];

    private int _at;

    /// <summary>Where the piece begins that <see cref="Next"/> gave last, or failed at.</summary>
    public int PieceStart { get; private set; }

    public static bool IsWordCharacter(char c) =>
        !char.IsWhiteSpace(c) && !char.IsControl(c) && !NeverInWords.Contains(c, StringComparison.Ordinal);

    /// <exception cref="QueryException">A sign that means nothing, a quote without its end.</exception>
    public Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        PieceStart = _at;
        if (_at == text.Length)
        {
            return new Token(TokenKind.End, "", _at, _at);
        }

        return text[_at] switch
        {
            '(' => Sign(TokenKind.Open, 1),
            ')' => Sign(TokenKind.Close, 1),
            ',' => Sign(TokenKind.Comma, 1),
            '"' => Quoted(),
            '\'' => Raw(TokenKind.Text, _at, '\'', AttributeScope.Any),
            '`' => Raw(TokenKind.Name, _at, '`', AttributeScope.Any),
            '&' when At("&&") => Sign(TokenKind.And, 2),
            '|' when At("||") => Sign(TokenKind.Or, 2),
            var c when IsWordCharacter(c) => Word(),
            _ => Operator(),
        };
    }

    private bool At(string sign) => text.AsSpan(_at).StartsWith(sign);

    private Token Sign(TokenKind kind, int length)
    {
        var start = _at;
        _at += length;
        return new Token(kind, text[start.._at], start, _at);
    }

    private Token Operator()
    {
        foreach (var sign in Operators)
        {
            if (At(sign))
            {
                return Sign(TokenKind.Operator, sign.Length);
            }
        }

        throw QueryException.At(text, _at, text[_at] switch
        {
            '!' => "'!' alone means nothing; write not, != or !~",
            '&' => "'&' alone means nothing; write and",
            '|' => "'|' alone means nothing; write or, and quotes around a pattern that has it",
            _ => $"the character U+{(int)text[_at]:X4} is not allowed here",
        });
    }

    private Token Word()
    {
        var start = _at;
        while (_at < text.Length && IsWordCharacter(text[_at]))
        {
            _at++;
        }

        var word = text[start.._at];
        if (_at < text.Length && text[_at] == '`' && FieldNames.ScopeOf(word) is { } scope)
        {
            return Raw(TokenKind.Name, start, '`', scope);
        }

        return new Token(TokenKind.Word, word, start, _at);
    }

    private Token Raw(TokenKind kind, int start, char quote, AttributeScope scope)
    {
        // A quote that is meant is written twice.
        var value = new StringBuilder();
        _at++;
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == quote)
            {
                if (_at == text.Length || text[_at] != quote)
                {
                    return new Token(kind, value.ToString(), start, _at, scope);
                }

                _at++;
            }

            value.Append(c);
        }

        throw QueryException.At(text, start, $"there is no {quote} that ends what begins here");
    }

    private Token Quoted()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == '"')
            {
                return new Token(TokenKind.Text, value.ToString(), start, _at);
            }

            value.Append(c == '\\' ? Escaped() : c);
        }

        throw QueryException.At(text, start, "there is no \" that ends what begins here");
    }

    private char Escaped()
    {
        var c = _at < text.Length ? text[_at++] : '\0';
        return c switch
        {
            '"' or '\\' => c,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            _ => throw QueryException.At(
                text, _at - 1, @"after \ in double quotes come "" \ n t or r; 'single quotes' take every character as it is"),
        };
    }
}
