namespace Throughline.Kafka.Internal.Capture;

/// <summary>Globs of one option, frozen.</summary>
internal sealed class GlobList
{
    private readonly Glob[] _globs;

    private GlobList(Glob[] globs)
    {
        _globs = globs;
    }

    internal bool IsEmpty => _globs.Length == 0;

    /// <exception cref="ArgumentException">One is malformed; the message names the option and which.</exception>
    internal static GlobList Parse(IEnumerable<string> globs, bool ignoresCase, string option) =>
        new([.. globs.Select((glob, i) => Glob.Parse(glob, ignoresCase, $"{option}[{i}]"))]);

    internal bool Matches(ReadOnlySpan<char> name)
    {
        foreach (var glob in _globs)
        {
            if (glob.Matches(name))
            {
                return true;
            }
        }

        return false;
    }
}
