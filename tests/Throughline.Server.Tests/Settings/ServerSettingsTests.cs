using System.Collections;

namespace Throughline.Server.Tests.Settings;

public sealed class ServerSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flags_win_over_variables_which_win_over_the_file()
    {
        var file = Write("""{ "port": 1, "otlp-grpc-port": 2, "otlp-http-port": "3", /* a comment */ "spans-kept": "12h" }""");
        var options = Read(file, new() { ["THROUGHLINE_PORT"] = "10", ["THROUGHLINE_OTLP_GRPC_PORT"] = "20" }, new() { ["port"] = "100" });
        Assert.Equal((100, 20, 3), (options.Port, options.OtlpGrpcPort, options.OtlpHttpPort));
        Assert.Equal(TimeSpan.FromHours(12), options.SpansKept);
    }

    [Fact]
    public void Every_default_is_read_back_as_itself()
    {
        foreach (var setting in ServerSettings.All.Where(setting => setting.Default.Length > 0))
        {
            var options = Read(null, [], new() { [setting.Name] = setting.Default });
            Assert.Equal(setting.Default, setting.Show(options));
        }
    }

    [Theory]
    [InlineData("port", "70000", "--port is '70000': it takes a number from 0 to 65535.")]
    [InlineData("spans-kept", "a week", "--spans-kept is 'a week': it takes a time such as 7d, 12h, 15m, 90s or 500ms.")]
    [InlineData("store-size-max", "12KiB", "--store-size-max is '12KiB': it takes a size such as 64MiB, 20GiB or 1048576, of 64KiB at least.")]
    [InlineData("read-key", "short", "--read-key is a value that is not shown: a key has 16 characters at least.")]
    public void A_bad_value_is_named_with_what_is_allowed(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ServerSettingsException>(() => Read(null, [], new() { [name] = value })).Message);

    [Fact]
    public void A_variable_is_named_as_such() =>
        Assert.StartsWith(
            "the variable THROUGHLINE_PORT is 'x'",
            Assert.Throws<ServerSettingsException>(() => Read(null, new() { ["THROUGHLINE_PORT"] = "x" }, [])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_unknown_key_of_the_file_is_named_with_those_that_are_known()
    {
        var exception = Assert.Throws<ServerSettingsException>(() => Read(Write("""{ "prot": 1 }"""), [], []));
        Assert.Contains("'prot', which is no setting. Known are: data-folder, address, port", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_named()
    {
        var file = Write("port: 1");
        var exception = Assert.Throws<ServerSettingsException>(() => Read(file, [], []));
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_have_librdkafkas_settings()
    {
        var options = Read(
            Write("""{ "clusters": { "prod": { "bootstrap.servers": "a:9092", "security.protocol": "SASL_SSL" } } }"""), [], []);
        Assert.Equal("SASL_SSL", options.Clusters["prod"]["security.protocol"]);
    }

    [Fact]
    public void A_cluster_without_servers_is_named()
    {
        var file = Write("""{ "clusters": { "prod": { "security.protocol": "SSL" } } }""");
        Assert.Contains("'prod'", Assert.Throws<ServerSettingsException>(() => Read(file, [], [])).Message, StringComparison.Ordinal);
    }

    private static ThroughlineServerOptions Read(string? file, Hashtable environment, Dictionary<string, string> flags) =>
        ServerSettings.Read(file, environment, flags);

    private string Write(string json)
    {
        var path = Path.Combine(_folder.Path, "settings.json");
        File.WriteAllText(path, json);
        return path;
    }
}
