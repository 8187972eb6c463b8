namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>Lets letters go at no more than a rate, evenly.</summary>
internal sealed class Pace(double? perSecondMax, TimeProvider time)
{
    private long? _lastTimestamp;

    /// <summary>Returns when the next may go.</summary>
    /// <exception cref="OperationCanceledException">The cancellation came first.</exception>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecondMax is not { } rate)
        {
            return;
        }

        if (_lastTimestamp is { } last && TimeSpan.FromSeconds(1 / rate) - time.GetElapsedTime(last) is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }

        _lastTimestamp = time.GetTimestamp();
    }
}
