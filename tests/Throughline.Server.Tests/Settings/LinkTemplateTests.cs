using System.Collections;

namespace Throughline.Server.Tests.Settings;

public sealed class LinkTemplateTests
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["topic"] = "orders/eu & \"more\"",
        ["partition"] = "3",
        ["offset"] = "4711",
    };

    [Fact]
    public void Several_are_read_and_commas_within_an_address_stay()
    {
        var templates = Read("Jaeger=http://localhost:16686/trace/{traceId}, Kafka UI=https://ui/topics/{topic}?p={partition},{offset}&x=1");
        Assert.Equal(["Jaeger", "Kafka UI"], templates.Select(template => template.Name));
        Assert.Equal("http://localhost:16686/trace/4bf92f3577b34da6a3ce929d0e0e4736", templates[0].For(Values));
        Assert.Equal("https://ui/topics/orders%2Feu%20%26%20%22more%22?p=3,4711&x=1", templates[1].For(Values));
    }

    [Fact]
    public void What_a_value_is_missing_for_leads_nowhere() =>
        Assert.Null(Assert.Single(Read("Span=http://h/{spanId}")).For(Values));

    [Theory]
    [InlineData("Evil=javascript:alert(1)", "'Evil' leads to 'javascript:alert(1)'")]
    [InlineData("Fine=http://h/,Evil=javascript:alert(1)", "'Evil' leads to 'javascript:alert(1)'")]
    [InlineData("Jaeger=localhost:16686", "'Jaeger' leads to 'localhost:16686'")]
    [InlineData("Host=http://{service}/x", "'Host' leads to")]
    [InlineData("Jaeger=http://h/{trace}", "'Jaeger' has {trace}; known are {traceId}")]
    [InlineData("Jaeger=http://h/{traceId", "without its }")]
    [InlineData("http://h/", "is no NAME=URL")]
    public void What_cannot_be_used_is_named(string value, string message) =>
        Assert.Contains(message, Assert.Throws<ServerSettingsException>(() => Read(value)).Message, StringComparison.Ordinal);

    private static List<LinkTemplate> Read(string value) =>
        [.. ServerSettings.Read(null, new Hashtable(), new Dictionary<string, string> { ["link-templates"] = value }).LinkTemplates];
}
