using System.Net;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Overview;

/// <summary>A server that nobody has sent anything.</summary>
public sealed class EmptyServerTests
{
    [Fact]
    public async Task The_two_lines_that_send_data_have_the_live_port()
    {
        await using var server = await DashboardServer.StartAsync();
        using var status = await server.Client.GetAsync(new Uri("/", UriKind.Relative));
        var page = await status.Content.ReadAsStringAsync();

        Assert.Contains("export OTEL_EXPORTER_OTLP_PROTOCOL=grpc\nexport OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:", page, StringComparison.Ordinal);
        Assert.Contains(server.OtlpHttpAddress.GetLeftPart(UriPartial.Authority), page, StringComparison.Ordinal);
        Assert.DoesNotContain("Look at first", page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/demo\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_senders_need_is_asked_for_and_not_shown()
    {
        await using var server = await DashboardServer.StartAsync(options => options.IngestKey = "the-secret-of-senders");

        var page = await server.PageAsync("/");

        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", page, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret-of-senders", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_list_says_what_would_put_something_there()
    {
        await using var server = await DashboardServer.StartAsync();

        foreach (var path in (string[])["/topics", "/topics/orders", "/ledger", "/ledger/records?cell=lost&topic=orders"])
        {
            Assert.Contains("class=\"empty\"", await server.PageAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_demo_that_cannot_run_says_why_and_can_be_started_again()
    {
        await using var server = await DashboardServer.StartAsync(pages: new DashboardPages(_ => throw new IOException("no port is <free>")));
        Assert.Contains("action=\"/demo\"", await server.PageAsync("/"), StringComparison.Ordinal);

        using var started = await server.Client.PostAsync(new Uri("/demo", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);

        var page = await UntilAsync(server, "The demo ended early");
        Assert.Contains("no port is &lt;free&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-demo=\"running\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_sites_page_starts_no_demo(string header, string value)
    {
        var runs = 0;
        await using var server = await DashboardServer.StartAsync(pages: new DashboardPages(_ =>
        {
            runs++;
            return Task.CompletedTask;
        }));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/demo", UriKind.Relative));
        request.Headers.Add(header, value);
        request.Headers.Add("Sec-Fetch-Mode", "navigate");

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Forbidden, 0), (answer.StatusCode, runs));
    }

    [Fact]
    public async Task One_demo_runs_at_a_time()
    {
        var runs = 0;
        var end = new TaskCompletionSource();
        await using var server = await DashboardServer.StartAsync(pages: new DashboardPages(_ =>
        {
            Interlocked.Increment(ref runs);
            return end.Task;
        }));
        for (var i = 0; i < 3; i++)
        {
            using var answer = await server.Client.PostAsync(new Uri("/demo", UriKind.Relative), null);
        }

        await UntilAsync(server, "data-demo=\"running\"");
        end.SetResult();
        Assert.Equal(1, runs);
    }

    private static async Task<string> UntilAsync(DashboardServer server, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var page = await server.PageAsync("/");
            if (page.Contains(text, StringComparison.Ordinal))
            {
                return page;
            }

            await Task.Yield();
        }
    }
}
