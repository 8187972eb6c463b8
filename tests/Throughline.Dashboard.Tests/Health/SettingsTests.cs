using Throughline.Dashboard.Internal.Health;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;
using Throughline.Server;

namespace Throughline.Dashboard.Tests.Health;

[Collection(DashboardCollection.Name)]
public sealed class SettingsTests(ShopServer shop)
{
    private const string ReadKey = "read-key-of-sixteen";
    private const string IngestKey = "ingest-key-of-sixteen";
    private const string Password = "sasl-password-of-a-cluster";

    [Fact]
    public async Task Secrets_are_on_no_page()
    {
        await using var server = await DashboardServer.StartAsync(options =>
        {
            (options.ReadKey, options.IngestKey) = (ReadKey, IngestKey);
            options.Clusters["prod"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["bootstrap.servers"] = "127.0.0.1:1",
                ["sasl.password"] = Password,
            };
        });
        foreach (var path in (string[])["/settings", "/sampling", "/orphans", "/topology"])
        {
            var page = await server.PageAsync(path);
            Assert.DoesNotContain(ReadKey, page, StringComparison.Ordinal);
            Assert.DoesNotContain(IngestKey, page, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, page, StringComparison.Ordinal);
        }

        var settings = await server.PageAsync("/settings");
        Assert.Contains("<code>set</code>", settings, StringComparison.Ordinal);
        Assert.Contains("prod: 127.0.0.1:1", settings, StringComparison.Ordinal);
        Assert.Contains("action=\"/logout\"", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_room_and_what_was_received_are_told()
    {
        var page = await shop.Dashboard.PageAsync("/settings");
        Assert.Contains(shop.Dashboard.OtlpHttpAddress.ToString().TrimEnd('/'), page, StringComparison.Ordinal);
        Assert.Contains("It takes spans, keeps them and answers.", page, StringComparison.Ordinal);
        Assert.Contains("OTLP JSON", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Zipkin JSON", page, StringComparison.Ordinal);
        Assert.All(ServerSettings.All, setting => Assert.Contains($"--{setting.Name}", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_a_value_came_from_is_told()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "spans-kept": "3d", "clusters": { "prod": { "bootstrap.servers": "broker:9092" } } }""");
            var options = ServerSettings.Read(
                file,
                new Dictionary<string, string> { ["THROUGHLINE_SERIES_MAX"] = "1000" },
                new Dictionary<string, string>(StringComparer.Ordinal) { ["port"] = "4999" });
            options.QueriesMax = 3;
            var rows = SettingRow.All(options).ToDictionary(row => row.Flag, StringComparer.Ordinal);
            Assert.Equal(("3d", $"'spans-kept' in {file}"), (rows["--spans-kept"].Value, rows["--spans-kept"].Origin));
            Assert.Equal("the variable THROUGHLINE_SERIES_MAX", rows["--series-max"].Origin);
            Assert.Equal(("4999", "--port"), (rows["--port"].Value, rows["--port"].Origin));
            Assert.Equal(("prod: broker:9092", $"'clusters' in {file}"), (rows["--bootstrap-servers"].Value, rows["--bootstrap-servers"].Origin));
            Assert.Equal("its program", rows["--queries-max"].Origin);
            Assert.Equal("default", rows["--address"].Origin);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(80, "warn")]
    [InlineData(100, "bad")]
    public void Room_that_gets_little_is_marked(double used, string? tone) =>
        Assert.Equal(tone, new Fill("log", used, 100, value => $"{value}", "--max", "refused").Tone);
}
