using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// How often keys come, by topic, where spans tell them: over the time that runs and the one before it. It is not part of
/// a checkpoint: after a restart it begins anew.
/// </summary>
internal sealed class HotKeys(AnalysisSettings settings)
{
    // What is longer is counted by its beginning.
    private const int KeyLengthMax = 200;

    private Dictionary<FamilyKey, SpaceSaving> _current = [];
    private Dictionary<FamilyKey, SpaceSaving> _previous = [];
    private IReadOnlyDictionary<FamilyKey, HotKeyCounts> _published = new Dictionary<FamilyKey, HotKeyCounts>();
    private long _windowStart;

    /// <summary>By topic; never changed.</summary>
    public IReadOnlyDictionary<FamilyKey, HotKeyCounts> Published => Volatile.Read(ref _published);

    public void Add(string cluster, string topic, string key, double weight)
    {
        var family = FamilyKey.Topic(cluster, topic);
        if (!_current.TryGetValue(family, out var counts))
        {
            if (_current.Count >= settings.HotKeyTopicsMax)
            {
                return;
            }

            _current.Add(family, counts = new SpaceSaving(settings.HotKeysMax));
        }

        counts.Add(key.Length > KeyLengthMax ? key[..KeyLengthMax] : key, weight);
    }

    /// <summary>What time it is by the server's clock.</summary>
    public void Now(long unixNs)
    {
        if (unixNs - _windowStart >= settings.HotKeyWindow.Ticks * 100)
        {
            (_previous, _current) = (_current, []);
            _windowStart = unixNs;
        }
    }

    public void Publish()
    {
        if (_current.Count + _previous.Count > 0)
        {
            Volatile.Write(
                ref _published,
                _current.Keys.Union(_previous.Keys).ToDictionary(
                    static topic => topic,
                    topic => new HotKeyCounts(
                        [.. Both(topic).SelectMany(static counts => counts.Counts)],
                        Both(topic).Sum(static counts => counts.Total),
                        Both(topic).Sum(static counts => counts.Seen))));
        }
    }

    private IEnumerable<SpaceSaving> Both(FamilyKey topic) =>
        ((SpaceSaving?[])[_current.GetValueOrDefault(topic), _previous.GetValueOrDefault(topic)]).OfType<SpaceSaving>();
}
