using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What is known of a trace or a record that somebody looks for.</summary>
/// <param name="Sentence">What was looked for, and whether it is there.</param>
/// <param name="Link">Its journey, where there is exactly one; else null.</param>
/// <param name="Facts">What else is known, in sentences.</param>
/// <param name="Beside">Spans that have to do with it.</param>
/// <param name="BesideTitle">What those are.</param>
internal sealed record PlaceFound(
    string Sentence, string? Link, IReadOnlyList<string> Facts, IReadOnlyList<StoredSpan> Beside, string BesideTitle);
