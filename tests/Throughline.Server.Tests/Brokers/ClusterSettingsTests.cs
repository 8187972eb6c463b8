using Throughline.Server.Internal.Brokers;

namespace Throughline.Server.Tests.Brokers;

public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData("bootstrap.serverz", "x:1", "bootstrap.serverz")]
    [InlineData("security.protocol", "TSL", "security.protocol")]
    public void A_wrong_setting_is_named_with_its_cluster(string key, string value, string named)
    {
        var cluster = new ClusterSettings(
            "prod", new Dictionary<string, string> { [ClusterSettings.BootstrapServers] = "127.0.0.1:1", [key] = value });

        var error = Assert.Throws<ArgumentException>(() => new ClusterWatchers([cluster], new WatchSettings(), TimeProvider.System));

        Assert.Contains("'prod'", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_without_an_address_is_refused()
    {
        var cluster = new ClusterSettings("prod", new Dictionary<string, string>());

        var error = Assert.Throws<ArgumentException>(() => new ClusterWatchers([cluster], new WatchSettings(), TimeProvider.System));

        Assert.Contains("bootstrap.servers", error.Message, StringComparison.Ordinal);
    }
}
