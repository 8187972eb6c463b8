using Microsoft.AspNetCore.Builder;

namespace Throughline.Server.Internal.Access;

/// <summary>Knows how long nobody has asked for anything.</summary>
internal sealed class RequestClock(TimeProvider time)
{
    private long _last = time.GetTimestamp();
    private int _open;

    /// <summary>Zero while a request is being answered, which a stream may be for long.</summary>
    public TimeSpan IdleTime =>
        Volatile.Read(ref _open) > 0 ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref _last));

    /// <summary>Before everything else that the application does.</summary>
    public void Use(IApplicationBuilder app) => app.Use(async (_, next) =>
    {
        Interlocked.Increment(ref _open);
        try
        {
            await next().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _last, time.GetTimestamp());
            Interlocked.Decrement(ref _open);
        }
    });
}
