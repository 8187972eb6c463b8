namespace Throughline.Server.Internal.Query.Language;

/// <summary>What the language allows at a place.</summary>
internal enum ExpectationKind
{
    /// <summary>A field, <c>not</c>, <c>error</c>, an opening parenthesis.</summary>
    Condition = 0,

    /// <summary>A comparison, <c>in</c>, <c>not in</c>, <c>exists</c>.</summary>
    Comparison,
    Value,

    /// <summary>The parenthesis of a list.</summary>
    ListStart,

    /// <summary>A comma, or the end of a list.</summary>
    ListRest,

    /// <summary><c>and</c>, <c>or</c>, a closing parenthesis where one is open.</summary>
    Connective,
}
