using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Checks a client's settings once they are put together; what is wrong is named by its key's path.</summary>
internal sealed class SettingsCheck(string path, SettingsProblems problems)
{
    internal void HasServers(ClientConfig client, string sharedPath)
    {
        if (string.IsNullOrWhiteSpace(client.BootstrapServers))
        {
            problems.Add($"{sharedPath}:BootstrapServers is not set; allowed: host:port, several separated by commas.");
        }
    }

    internal void Has(string key, string? value, string allowed)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add($"{path}:{key} is not set; allowed: {allowed}.");
        }
    }

    internal void InRange<T>(string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            problems.Add(FormattableString.Invariant($"{path}:{key} is {value}; allowed: {min} to {max}."));
        }
    }
}
