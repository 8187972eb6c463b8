using System.Text;

namespace Throughline.Server.Internal.Query.TraceQl;

/// <summary>Cuts a TraceQL query into pieces, as Tempo's scanner does.</summary>
internal sealed class TraceQlTokenizer(string text)
{
    private static readonly string[] Signs =
        ["&>>", "&<<", "!>>", "!<<", "&&", "||", "=~", "!~", "!=", "<=", ">=", ">>", "<<", "&>", "&<", "&~", "!>", "!<"];

    private int _at;

    /// <exception cref="QueryException">A quote without its end, an escape that there is not.</exception>
    public TraceQlToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        var start = _at;
        if (_at == text.Length)
        {
            return new TraceQlToken(TraceQlTokenKind.End, "$end", start);
        }

        var c = text[_at];
        return c switch
        {
            '"' => new TraceQlToken(TraceQlTokenKind.Text, Quoted(), start),
            '`' => new TraceQlToken(TraceQlTokenKind.Text, Raw(), start),
            '.' => Attribute(start, ""),
            _ when char.IsAsciiDigit(c) => new TraceQlToken(TraceQlTokenKind.Number, While(IsNumberCharacter), start),
            _ when char.IsLetter(c) || c == '_' => Word(start),
            _ => Sign(start),
        };
    }

    private static bool IsNumberCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or 'µ' or 'μ';

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>As Tempo has it: an attribute's name ends at a sign of the language or at space.</summary>
    private static bool IsAttributeCharacter(char c) =>
        !char.IsWhiteSpace(c) && !"{}()=~!<>&|^,\"".Contains(c, StringComparison.Ordinal);

    private string While(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private TraceQlToken Word(int start)
    {
        var word = While(IsWordCharacter);
        if (_at < text.Length && text[_at] == '.')
        {
            return Attribute(start, word);
        }

        if (_at < text.Length && text[_at] == ':')
        {
            _at++;
            word = $"{word}:{While(IsWordCharacter)}";
        }

        return new TraceQlToken(TraceQlTokenKind.Word, word, start);
    }

    private TraceQlToken Attribute(int start, string scope)
    {
        _at++;
        var name = new StringBuilder();
        while (_at < text.Length && (text[_at] == '"' || IsAttributeCharacter(text[_at])))
        {
            name.Append(text[_at] == '"' ? Quoted() : text[_at++].ToString());
        }

        return name.Length > 0
            ? new TraceQlToken(TraceQlTokenKind.Attribute, name.ToString(), start, scope)
            : throw QueryException.At(text, start, "syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER");
    }

    private TraceQlToken Sign(int start)
    {
        var sign = Array.Find(Signs, s => text.AsSpan(start).StartsWith(s)) ?? text[start].ToString();
        _at += sign.Length;
        return new TraceQlToken(TraceQlTokenKind.Sign, sign, start);
    }

    private string Raw()
    {
        var start = _at++;
        var end = text.IndexOf('`', _at);
        if (end < 0)
        {
            throw QueryException.At(text, start, "literal not terminated");
        }

        _at = end + 1;
        return text[(start + 1)..end];
    }

    private string Quoted()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != '\n')
        {
            var c = text[_at++];
            if (c == '"')
            {
                return value.ToString();
            }

            value.Append(c == '\\' ? Escaped() : c);
        }

        throw QueryException.At(text, start, "literal not terminated");
    }

    private char Escaped()
    {
        var c = _at < text.Length ? text[_at++] : '\0';
        return c switch
        {
            '"' or '\\' or '\'' => c,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            _ => throw QueryException.At(text, _at - 1, "invalid char escape"),
        };
    }
}
