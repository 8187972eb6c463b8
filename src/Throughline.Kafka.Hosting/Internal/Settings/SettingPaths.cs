namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Where each of a client's settings was configured.</summary>
internal sealed class SettingPaths
{
    private readonly Dictionary<string, (string Value, string Path)> _paths = new(StringComparer.Ordinal);

    internal void Note(string setting, string value, string path) => _paths[setting] = (value, path);

    /// <summary>The path of the key that gave a setting its value; <see langword="null"/> where the program did.</summary>
    internal string? Of(string setting, string value) =>
        _paths.TryGetValue(setting, out var noted) && noted.Value == value ? noted.Path : null;
}
