namespace Throughline.Server.Internal.Query.Language;

/// <summary>What the parser would take at the place where it is: what completion offers, and what errors name.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Field">Whose comparison or value.</param>
/// <param name="IsInParentheses">Whether one may be closed.</param>
internal readonly record struct Expectation(ExpectationKind Kind, Field Field = default, bool IsInParentheses = false);
