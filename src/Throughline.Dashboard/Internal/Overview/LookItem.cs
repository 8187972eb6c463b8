using Throughline.Dashboard.Internal.Shell;

namespace Throughline.Dashboard.Internal.Overview;

/// <summary>One thing to look at.</summary>
/// <param name="Kind">In a word.</param>
/// <param name="Tone"><c>bad</c>, <c>warn</c> or nothing: the badge's class.</param>
/// <param name="Sentence">What is so.</param>
/// <param name="More">What it is counted from, or what stands behind it; null for nothing.</param>
/// <param name="Target">Where it is seen.</param>
internal sealed record LookItem(string Kind, string? Tone, string Sentence, string? More, Func<PageRequest, string> Target);
