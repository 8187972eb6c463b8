namespace Throughline.Server.Internal.Query.Language;

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says, without quotes.</param>
/// <param name="Start">Its first character's index.</param>
/// <param name="End">The index behind its last character.</param>
/// <param name="Scope">Of <see cref="TokenKind.Name"/>.</param>
internal readonly record struct Token(
    TokenKind Kind, string Text, int Start, int End, AttributeScope Scope = AttributeScope.Any)
{
    public bool Is(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
