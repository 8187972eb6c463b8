using System.Net;
using System.Text.Json;

namespace Throughline.Server.Tests.Api;

public sealed class SearchTests
{
    [Theory]
    [InlineData("", "1111111111111111 53995c3f42cd8ad9 53995c3f42cd8ad8 00f067aa0ba902b9 b7ad6b7169203331 00f067aa0ba902b7")]
    [InlineData("?service=billing", "53995c3f42cd8ad9 53995c3f42cd8ad8")]
    [InlineData("?topic=orders&group=mailer-group", "00f067aa0ba902b9")]
    [InlineData("?topic=orders&partition=3&offset=4711&operation=send", "b7ad6b7169203331")]
    [InlineData("?kind=client", "53995c3f42cd8ad9")]
    [InlineData("?status=error", "00f067aa0ba902b9")]
    [InlineData("?name=tidy", "1111111111111111")]
    [InlineData("?minDuration=500ms&maxDuration=1s", "00f067aa0ba902b9")]
    [InlineData("?attribute=http.route=/orders&attribute=http.response.status_code=202", "00f067aa0ba902b7")]
    [InlineData("?attribute=service.version=1.2.3&service=cron", "1111111111111111")]
    [InlineData("?q=topic = orders and duration > 500ms and error", "00f067aa0ba902b9")]
    [InlineData("?q=db.rows >= 1 or http.route =~ '/ord.*'", "53995c3f42cd8ad9 00f067aa0ba902b7")]
    [InlineData("?from=2026-11-21T10:00:08Z", "1111111111111111")]
    [InlineData("?to=2026-11-21T10:00:00.005Z", "00f067aa0ba902b7")]
    [InlineData("?from=2026-11-21T12:00:00.005%2B02:00&to=1795255200200000001", "00f067aa0ba902b9 b7ad6b7169203331")]
    public async Task Spans_are_found_by_what_they_say(string filters, string spans)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync("/api/v1/search" + filters);
        Assert.Equal(spans, string.Join(' ', answer.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("spanId").GetString())));
    }

    [Fact]
    public async Task A_span_is_told_with_its_record()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync("/api/v1/search?group=mailer-group");
        var span = answer.GetProperty("spans")[0];
        Assert.Equal("group = mailer-group", answer.GetProperty("query").GetString());
        Assert.Equal(Samples.Order, span.GetProperty("traceId").GetString());
        Assert.Equal("b7ad6b7169203331", span.GetProperty("parentSpanId").GetString());
        Assert.Equal("2026-11-21T10:00:00.200000000Z", span.GetProperty("start").GetString());
        Assert.Equal("1795255200200000000", span.GetProperty("startUnixNano").GetString());
        Assert.Equal(600_000_000, span.GetProperty("durationNano").GetInt64());
        Assert.Equal(("error", "MailException"), (span.GetProperty("status").GetString(), span.GetProperty("errorType").GetString()));
        Assert.Equal(
            """{"system":"kafka","operation":"process","topic":"orders","partition":3,"offset":4711,"group":"mailer-group"}""",
            JsonSerializer.Serialize(span.GetProperty("messaging")));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_end()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var ids = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await server.GetAsync($"/api/v1/search?limit=4{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            ids.AddRange(page.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("spanId").GetString()));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(Samples.All.Select(s => s.Id).Reverse(), ids);
    }

    [Theory]
    [InlineData("limit=0", "limit", "0", "limit is '0'; allowed is a whole number from 1 to 1000")]
    [InlineData("limit=ten", "limit", "ten", "limit is 'ten'; allowed is a whole number from 1 to 1000")]
    [InlineData("kind=producr", "kind", "producr", "kind is 'producr'; allowed is internal, server, client, producer, consumer, unspecified")]
    [InlineData("minDuration=5", "minDuration", "5", "minDuration is '5'; allowed is a duration with its unit, such as 500ms; units are ns, us, ms, s, m, h, d")]
    [InlineData("from=yesterday", "from", "yesterday", "from is 'yesterday'; allowed is RFC 3339, Unix nanoseconds, now, or a duration before now such as -15m")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from", "2026-01-02T00:00:00Z", "from is not before to")]
    [InlineData("attribute=http.route", "attribute", "http.route", "attribute is 'http.route'; allowed is an attribute's name, =, and its value")]
    [InlineData("topic=a&topic=b", "topic", "a,b", "topic is given 2 times; allowed is once")]
    [InlineData("cursor=nonsense", "cursor", "nonsense", "cursor is not one that this server gave")]
    public async Task What_is_not_allowed_is_refused_by_name(string query, string parameter, string value, string detail)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        using var answer = await server.Client.GetAsync(new Uri($"/api/v1/search?{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((parameter, value), (problem.GetProperty("parameter").GetString(), problem.GetProperty("value").GetString()));
        Assert.StartsWith(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.GetProperty("allowed").GetString()!);
    }

    [Fact]
    public async Task A_misspelt_filter_is_no_filter_that_is_left_out()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var problem = await server.GetAsync("/api/v1/search?sevice=a", HttpStatusCode.BadRequest);
        Assert.StartsWith("there is no parameter sevice; this route knows q, service", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_query_is_told_with_its_column()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var problem = await server.GetAsync("/api/v1/search?q=topic = orders and lag > 5", HttpStatusCode.BadRequest);
        Assert.Equal(26, problem.GetProperty("column").GetInt32());
        Assert.Equal(
            "q, column 26: lag is compared with a time such as 500ms, not with '5'; units are ns, us, ms, s, m, h, d",
            problem.GetProperty("detail").GetString());
    }
}
