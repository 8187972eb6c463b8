namespace Throughline.Server.Internal.Pipeline;

/// <summary>Something that the pipeline does every so often, between other steps.</summary>
internal sealed class Periodic(TimeProvider time, TimeSpan every)
{
    private long _last = time.GetTimestamp();

    /// <summary>True once per period; the period begins again.</summary>
    public bool IsDue()
    {
        if (time.GetElapsedTime(_last) < every)
        {
            return false;
        }

        _last = time.GetTimestamp();
        return true;
    }
}
