namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>What is wrong with settings, each said once, in the order of finding.</summary>
internal sealed class SettingsProblems
{
    private readonly List<string> _all = [];

    internal bool Any => _all.Count > 0;

    internal void Add(string problem)
    {
        if (!_all.Contains(problem))
        {
            _all.Add(problem);
        }
    }

    /// <exception cref="KafkaSettingsException">There are some.</exception>
    internal void ThrowIfAny()
    {
        if (Any)
        {
            throw new KafkaSettingsException(_all);
        }
    }
}
