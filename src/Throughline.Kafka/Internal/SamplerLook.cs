using System.Collections;
using System.Diagnostics;

namespace Throughline.Kafka.Internal;

/// <summary>
/// While a span is started without its attributes and links: how often they are walked, on the thread that starts it. The
/// walks are empty meanwhile.
/// </summary>
internal static class SamplerLook
{
    /// <summary>Links that are told of only when the span is recorded.</summary>
    internal static readonly IEnumerable<ActivityLink> NoLinks = new Walked();

    // One more than there were walks; zero where no span is being started in this way. Samplers are asked on the thread that
    // starts the span.
    [ThreadStatic]
    private static int _state;

    internal static void Begin() => _state = 1;

    /// <summary>How many walks there were.</summary>
    internal static int End()
    {
        var walks = _state - 1;
        _state = 0;
        return walks;
    }

    /// <summary>Counts a walk.</summary>
    /// <returns>It is to be empty.</returns>
    internal static bool Walks()
    {
        if (_state == 0)
        {
            return false;
        }

        _state++;
        return true;
    }

    private sealed class Walked : IEnumerable<ActivityLink>
    {
        public IEnumerator<ActivityLink> GetEnumerator()
        {
            Walks();
            return ((IEnumerable<ActivityLink>)[]).GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
