using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Server.Tests.Query;

public sealed class TagTests
{
    [Fact]
    public void Logfmt_is_read() => Assert.Equal(
        [
            KeyValuePair.Create("service.name", "orders"),
            KeyValuePair.Create("name", "send \"x\""),
            KeyValuePair.Create("error", ""),
            KeyValuePair.Create("a", "b=c"),
        ],
        LogfmtTags.Parse(" service.name=orders  name=\"send \\\"x\\\"\" error a=b=c "));

    [Theory]
    [InlineData("a=\"b", 3, "unterminated quoted value")]
    [InlineData("=b", 1, "expected a tag's name, but = stands here")]
    [InlineData("a=1 a=2", 5, "tag a has been set twice")]
    [InlineData("a\"b\"", 2, "unexpected '\"'")]
    public void What_is_no_logfmt_is_refused_where_it_is_wrong(string tags, int column, string message)
    {
        var error = Assert.Throws<QueryException>(() => LogfmtTags.Parse(tags));
        Assert.Equal((column, message), (error.Column, error.Message));
    }

    [Theory]
    [InlineData("error", "true", "status = error")]
    [InlineData("error", "false", "status != error")]
    [InlineData("span.kind", "CONSUMER", "kind = consumer")]
    [InlineData("service.name", "orders", "service = orders")]
    [InlineData("messaging.system", "kafka", "messaging.system = kafka")]
    [InlineData("resource.host.name", "a", "resource.host.name = a")]
    [InlineData("http.status_code", "200", "http.status_code = \"200\"")]
    public void Tags_mean_what_the_tools_mean_that_send_them(string name, string value, string own) =>
        Assert.Equal(own, QueryPrinter.Print(TagConditions.Of(name, value)));
}
