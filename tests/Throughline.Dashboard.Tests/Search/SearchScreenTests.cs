using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Search;

/// <summary>The page of results, as the server writes it.</summary>
[Collection(DashboardCollection.Name)]
public sealed class SearchScreenTests(ShopServer shop)
{
    [Theory]
    [MemberData(nameof(Places))]
    public async Task Id_or_place_that_is_there_leads_to_its_journey(string text, string journey)
    {
        using var response = await AskAsync(text);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(journey, response.Headers.Location!.OriginalString);
    }

    public static TheoryData<string, string> Places { get; } = new()
    {
        { Shop.TraceOf(3), $"/journeys/{Shop.TraceOf(3)}" },
        { $"00-{Shop.TraceOf(3)}-{Shop.SpanOf(3, 1)}-01", $"/journeys/{Shop.TraceOf(3)}?span={Shop.SpanOf(3, 1)}" },
        { Shop.SpanOf(3, 10), $"/journeys/{Shop.TraceOf(3)}?span={Shop.SpanOf(3, 10)}" },
        { "orders/3/0", "/records/orders/3/0" },
        { "orders[3]@0", "/records/orders/3/0" },
    };

    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c80319c", "No span of trace 0af7651916cd43dd8448eb211c80319c is here.")]
    [InlineData("orders/3/999999", "No span names record orders[3]@999999.")]
    [InlineData("Orders/3/0", "there is orders.")]
    public async Task What_is_not_there_is_said_to_be_so(string text, string sentence)
    {
        var page = await PageAsync(text);
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.Contains("The server holds", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_that_follows_is_not_led_away()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/search?q={Shop.TraceOf(3)}");
        request.Headers.Add("X-Throughline-Fragment", "1");
        using var response = await shop.Dashboard.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Open its journey", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_finds_spans_that_lead_to_their_journeys()
    {
        var page = await PageAsync("error and group = billing");
        Assert.Contains($"/journeys/{Shop.TraceOf(Shop.FailedOrder)}?span={Shop.SpanOf(Shop.FailedOrder, 10)}", page, StringComparison.Ordinal);
        Assert.Contains("error · CardRefusedException", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("1 span, newest first", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_that_nobody_set_is_no_error()
    {
        var page = await PageAsync("group = mail");
        Assert.DoesNotContain("badge bad", page, StringComparison.Ordinal);
        Assert.Contains(">unset</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_looked_for_as_a_key()
    {
        var page = await PageAsync("customer-7");
        Assert.Contains("4 spans, newest first", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_are_nobodys_key_lead_to_what_has_them()
    {
        var page = await PageAsync("billing");
        Assert.Contains("No record has this key", page, StringComparison.Ordinal);
        Assert.Contains("service = billing-service", page, StringComparison.Ordinal);
        Assert.Contains("group = billing", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_query_is_refused_with_a_caret_under_its_column()
    {
        using var response = await AskAsync("topic = a b = c");
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("topic = a b = c\n          ^", page, StringComparison.Ordinal);
        Assert.Contains("Column 11: expected and, or, or the end of the query", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_results_are_pages_away_and_none_is_shown_twice()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var path = PathOf("topic = orders");
        var pages = 0;
        for (string? next = path; next is not null; next = NextOf(await shop.Dashboard.PageAsync(next), seen))
        {
            pages++;
        }

        // A send, and three processings of all but the one that was lost.
        Assert.Equal(Shop.Orders + (3 * (Shop.Orders - 1)), seen.Count);
        Assert.Equal(4, pages);
    }

    [Fact]
    public async Task Bounds_of_the_address_narrow_down_and_can_be_taken_away()
    {
        var page = await shop.Dashboard.PageAsync("/search?q=group+%3D+billing&minDuration=3s");
        Assert.Contains("1 span, newest first", page, StringComparison.Ordinal);
        Assert.Contains(Shop.TraceOf(Shop.SlowestOrder), page, StringComparison.Ordinal);
        Assert.Contains("duration at least 3 s", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/search?q=group%20%3D%20billing\">without", page, StringComparison.Ordinal);
        Assert.Contains("minDuration is &#x27;long&#x27;", await shop.Dashboard.PageAsync("/search?minDuration=long"), StringComparison.Ordinal);
        Assert.Contains("cursor is not one", await shop.Dashboard.PageAsync("/search?cursor=%3Cb%3E"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facets_count_and_add_to_the_query()
    {
        var page = await PageAsync("topic = orders and operation = process");
        Assert.Contains(Uri.EscapeDataString("topic = orders and operation = process and group = mail"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_without_a_query_shows_what_to_try_and_each_finds_something()
    {
        var page = await shop.Dashboard.PageAsync("/search");
        var examples = page.Split("class=\"examples\"")[1].Split("</ul>")[0].Split("href=\"").Skip(1).Select(part => WebUtility.HtmlDecode(part.Split('"')[0])).ToList();
        Assert.True(examples.Count >= 5, page);
        foreach (var example in examples)
        {
            using var response = await shop.Dashboard.Client.GetAsync(new Uri(example + "&further=yes", UriKind.Relative));
            var found = response.StatusCode == HttpStatusCode.SeeOther || (await response.Content.ReadAsStringAsync()).Contains("newest first", StringComparison.Ordinal);
            Assert.True(found, example);
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("key = '<b>' or service = \"</textarea><script>\"")]
    [InlineData("a</b/3/4")]
    [InlineData("‮<svg/onload=alert(1)>")]
    public async Task What_strangers_write_stays_text(string text)
    {
        using var response = await AskAsync(text);
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg/", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</b/", page, StringComparison.OrdinalIgnoreCase);
    }

    private static string? NextOf(string page, HashSet<string> seen)
    {
        foreach (var row in page.Split("<th scope=\"row\"").Skip(1))
        {
            Assert.True(seen.Add(row.Split("href=\"")[1].Split('"')[0].Split("/journeys/")[1]));
        }

        var next = page.Split("rel=\"next\" href=\"");
        return next.Length == 1 ? null : WebUtility.HtmlDecode(next[1].Split('"')[0]);
    }

    // A machine that is busy with other tests must not end a search early.
    private static string PathOf(string text) => $"/search?further=yes&q={Uri.EscapeDataString(text)}";

    private Task<HttpResponseMessage> AskAsync(string text) => shop.Dashboard.Client.GetAsync(new Uri(PathOf(text), UriKind.Relative));

    private Task<string> PageAsync(string text) => shop.Dashboard.PageAsync(PathOf(text));
}
