namespace Throughline.Server.Tests.Api;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("", "service name topic")]
    [InlineData("serv", "service service.name service.version")]
    [InlineData("topic ", "= != =~")]
    [InlineData("duration >", "100ms 500ms 1s")]
    [InlineData("kind = con", "consumer")]
    [InlineData("service = b", "billing")]
    [InlineData("service = \"b", "billing")]
    [InlineData("name = pro", "\"process orders\"")]
    [InlineData("(topic = orders", "orders")]
    [InlineData("(topic = orders ", "and or )")]
    [InlineData("topic = orders ", "and or")]
    [InlineData("topic = orders and http.ro", "http.route")]
    [InlineData("http.response.status_code = ", "202")]
    [InlineData("topic in ", "(")]
    [InlineData("topic in (orders ", ", )")]
    [InlineData("group =~ 'm' and partition = ", "3")]
    [InlineData("status = bad and ", "")]
    public async Task What_may_come_next_is_offered(string query, string first)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync($"/api/v1/complete?q={Uri.EscapeDataString(query)}&limit=3");
        var items = answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("text").GetString());
        Assert.Equal(first, string.Join(' ', items));
        Assert.Equal(first.Length == 0, answer.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task The_piece_under_the_caret_is_replaced()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync("/api/v1/complete?q=topic = ord and error&caret=10");
        Assert.Equal((8, 11), (answer.GetProperty("from").GetInt32(), answer.GetProperty("to").GetInt32()));
        Assert.Equal("orders", answer.GetProperty("items")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Names_and_values_are_listed()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var names = await server.GetAsync("/api/v1/tags");
        Assert.Contains("http.route", names.GetProperty("items").EnumerateArray().Select(i => i.GetString()));
        server.Add(new SampleSpan("shop", "odd", SampleSpan.Server) { Attributes = [("a/b", "c")] });
        foreach (var (tag, value) in new[] { ("group", "mailer-group"), ("http.route", "/orders"), ("resource.service.version", "1.2.3"), ("span.http.route", "/orders"), ("a%2Fb", "c") })
        {
            var values = await server.GetAsync($"/api/v1/tags/{tag}/values");
            Assert.Contains(value, values.GetProperty("items").EnumerateArray().Select(i => i.GetString()));
        }
    }
}
