namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>How often a value was met.</summary>
internal sealed class ValueTally
{
    public int InA { get; private set; }

    public int InB { get; private set; }

    public int SlowA { get; private set; }

    public int SlowB { get; private set; }

    /// <summary>Equal for values that the very same spans have.</summary>
    public ulong Spans { get; private set; }

    /// <param name="isA">Of the first side.</param>
    /// <param name="isSlow">Over the threshold.</param>
    /// <param name="span">A number of its own for each span, at random.</param>
    public void Add(bool isA, bool isSlow, ulong span)
    {
        if (isA)
        {
            InA++;
            SlowA += isSlow ? 1 : 0;
        }
        else
        {
            InB++;
            SlowB += isSlow ? 1 : 0;
        }

        Spans ^= span;
    }
}
