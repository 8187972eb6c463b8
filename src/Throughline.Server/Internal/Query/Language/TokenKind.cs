namespace Throughline.Server.Internal.Query.Language;

/// <summary>What a piece of a query is.</summary>
internal enum TokenKind
{
    End = 0,

    /// <summary>Letters, digits and whatever is no sign: a field, a keyword, a bare value.</summary>
    Word,

    /// <summary>Between double or single quotes.</summary>
    Text,

    /// <summary>An attribute's name between backticks, perhaps after <c>span.</c> or <c>resource.</c>.</summary>
    Name,

    /// <summary>A comparison: <c>= != &lt; &lt;= &gt; &gt;= =~ !~</c>.</summary>
    Operator,
    Open,
    Close,
    Comma,

    /// <summary><c>&amp;&amp;</c>, which means <c>and</c>.</summary>
    And,

    /// <summary><c>||</c>, which means <c>or</c>.</summary>
    Or,
}
