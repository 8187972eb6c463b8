namespace Throughline.Server.Internal.Query.TraceQl;

/// <summary>What a piece of a TraceQL query is.</summary>
internal enum TraceQlTokenKind
{
    End = 0,

    /// <summary>An intrinsic or a word of the language: <c>duration</c>, <c>error</c>, <c>nil</c>, <c>span:id</c>.</summary>
    Word,

    /// <summary><c>.name</c>, <c>span.name</c>, <c>resource.name</c>.</summary>
    Attribute,
    Text,
    Number,
    Sign,
}
