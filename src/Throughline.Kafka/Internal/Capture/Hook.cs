namespace Throughline.Kafka.Internal.Capture;

/// <summary>One of the user's hooks: whether it is still called, and what is counted of it.</summary>
/// <param name="place">Its name among the places of faults.</param>
/// <param name="callMax">What a call may take.</param>
internal sealed class Hook(string place, TimeSpan callMax)
{
    private readonly Overruns _overruns = new();
    private volatile bool _isStuck;

    /// <summary>Whether it has hung: it is not called any more.</summary>
    internal bool IsOff => _isStuck || _overruns.AreTooMany;

    internal void Threw(Exception exception) => Faults.Contain(place, exception);

    internal void Overran()
    {
        _overruns.Add();
        Faults.Contain($"{place}.overrun", new TimeoutException(
            $"A call took longer than {callMax} and was interrupted." + (_overruns.AreTooMany ? " It was the third within a minute: the hook is switched off." : "")));
    }

    /// <summary>A call does not end although it was interrupted.</summary>
    internal void IsStuck()
    {
        _isStuck = true;
        Faults.Contain($"{place}.stuck", new TimeoutException(
            $"A call goes on although it was interrupted after {callMax}: the hook is switched off."));
    }

    internal void FoundNoRoom() => Faults.Contain($"{place}.left_out", new InvalidOperationException("Too many calls at once."));
}
