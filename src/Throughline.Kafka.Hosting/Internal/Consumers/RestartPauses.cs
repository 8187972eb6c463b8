namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>The pauses between a consumer's runs: each twice as long as the one before, up to a longest.</summary>
internal sealed class RestartPauses(TimeSpan initial, TimeSpan longest)
{
    private TimeSpan? _last;

    /// <summary>The pause after a run; after one that was longer than the longest pause they begin anew.</summary>
    internal TimeSpan After(TimeSpan run)
    {
        var pause = _last is null || run > longest ? initial : _last.Value < longest / 2 ? _last.Value * 2 : longest;
        _last = pause;
        return pause;
    }
}
