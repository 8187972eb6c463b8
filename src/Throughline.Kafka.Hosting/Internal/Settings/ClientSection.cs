using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Reads a client's own settings. Whether they are any is for the client to say.</summary>
internal static class ClientSection
{
    private const string BootstrapServers = "bootstrap.servers";

    internal static void Read(SettingsReader section, ClientConfig client, SettingPaths paths)
    {
        section.Text("BootstrapServers", value => Set(BootstrapServers, value, section.PathOf("BootstrapServers")));
        var settings = section.Section("Client");
        foreach (var key in settings.Keys())
        {
            settings.Text(key, value => Set(NameOf(key), value, settings.PathOf(key)));
        }

        settings.RefuseOthers();

        void Set(string setting, string value, string path)
        {
            client.Set(setting, value);
            paths.Note(setting, value, path);
        }
    }

    // Few shells can set a variable with dots: LINGER_MS stands for linger.ms. None of the client's names has both.
    private static string NameOf(string key) => key.ToLowerInvariant().Replace('_', '.');
}
