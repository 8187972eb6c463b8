namespace Throughline.Server.Internal.Assemble;

/// <summary>How to mend what made an orphan.</summary>
/// <param name="Sentence">What to do.</param>
/// <param name="Snippet">How, in the client's language or configuration; null where a sentence says it all.</param>
internal sealed record OrphanFix(string Sentence, string? Snippet = null);
