namespace Throughline.Server.Internal.Query.TraceQl;

/// <summary>A piece of a TraceQL query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says: of an attribute its name alone, of a text what is quoted.</param>
/// <param name="Start">Its first character's index.</param>
/// <param name="Scope">Of an attribute: what stands before the dot.</param>
internal readonly record struct TraceQlToken(TraceQlTokenKind Kind, string Text, int Start, string Scope = "")
{
    public bool Is(string sign) => Kind == TraceQlTokenKind.Sign && Text == sign;

    public bool IsWord(string word) => Kind == TraceQlTokenKind.Word && Text == word;
}
