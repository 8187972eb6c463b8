using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>The section of a host that has no configuration at all.</summary>
internal sealed class NoConfiguration(string path) : IConfigurationSection
{
    private static readonly IChangeToken NoChange = new CancellationChangeToken(CancellationToken.None);

    public string Key => path[(path.LastIndexOf(':') + 1)..];

    public string Path => path;

    public string? Value
    {
        get => null;
        set => throw new NotSupportedException();
    }

    public string? this[string key]
    {
        get => null;
        set => throw new NotSupportedException();
    }

    public IEnumerable<IConfigurationSection> GetChildren() => [];

    public IChangeToken GetReloadToken() => NoChange;

    public IConfigurationSection GetSection(string key) => new NoConfiguration($"{path}:{key}");
}
