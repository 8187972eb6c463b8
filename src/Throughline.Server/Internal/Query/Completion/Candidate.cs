namespace Throughline.Server.Internal.Query.Completion;

/// <summary>Something that could stand where the caret is.</summary>
/// <param name="Text">What to put there, with quotes where it needs them.</param>
/// <param name="Kind"><c>field</c>, <c>attribute</c>, <c>operator</c>, <c>value</c> or <c>keyword</c>.</param>
/// <param name="About">One line for people, or null.</param>
internal sealed record Candidate(string Text, string Kind, string? About = null);
