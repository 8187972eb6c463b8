using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Tests.Query;

public sealed class QueryLanguageTests
{
    [Theory]
    [InlineData("service = orders", "service = orders")]
    [InlineData("service = \"orders\" AND topic = order-events", "service = orders and topic = order-events")]
    [InlineData("duration>500ms && lag >= 1m30s || error", "(duration > 500ms and lag >= 1m30s) or status = error")]
    [InlineData("topic in (a, b, \"c d\")", "topic in (a, b, \"c d\")")]
    [InlineData("topic = a or topic = b", "topic in (a, b)")]
    [InlineData("topic not in (a, b)", "not topic in (a, b)")]
    [InlineData("topic in (a)", "topic = a")]
    [InlineData("not (service = a or error)", "not (service = a or status = error)")]
    [InlineData("not service = a and error", "not service = a and status = error")]
    [InlineData("http.route = /orders/{id}", "http.route = /orders/{id}")]
    [InlineData("resource.service.version =~ '1\\.\\d+'", "resource.service.version =~ 1\\.\\d+")]
    [InlineData("resource.service.version =~ 1.2.*", "resource.service.version =~ 1.2.*")]
    [InlineData("`tenant` exists", "`tenant` exists")]
    [InlineData("span.`tenant id` != \"42\"", "span.`tenant id` != \"42\"")]
    [InlineData("http.status_code >= 500", "http.status_code >= 500")]
    [InlineData("span.kind = CONSUMER", "kind = consumer")]
    [InlineData("error.type = TimeoutException", "error.type = TimeoutException")]
    [InlineData("trace = 0AF7", "trace = 00000000000000000000000000000af7")]
    [InlineData("name = \"send \\\"x\\\"\\n\"", "name = \"send \\\"x\\\"\\n\"")]
    [InlineData("name = 'it''s'", "name = \"it's\"")]
    [InlineData("  ", "")]
    public void A_query_is_read(string query, string canonical)
    {
        var condition = QueryParser.Parse(query);
        Assert.Equal(canonical, QueryPrinter.Print(condition));
        Assert.Equal(condition, QueryParser.Parse(canonical));
    }

    [Fact]
    public void Durations_are_nanoseconds_and_their_text_stays()
    {
        var compare = Assert.IsType<Condition.Compare>(QueryParser.Parse("lag > 1.5s"));
        Assert.Equal(new QueryValue("1.5s", 1.5e9), compare.Value);
        Assert.Equal(Comparison.Greater, compare.Comparison);
        Assert.Equal(new Field(WellKnownField.Lag), compare.Field);
    }

    [Fact]
    public void An_attributes_bare_number_is_one_and_a_quoted_one_is_a_text()
    {
        Assert.Equal(new QueryValue("200", 200), ((Condition.Compare)QueryParser.Parse("http.status = 200")!).Value);
        Assert.Equal(new QueryValue("200"), ((Condition.Compare)QueryParser.Parse("http.status = \"200\"")!).Value);
        Assert.Equal(new QueryValue("123"), ((Condition.Compare)QueryParser.Parse("topic = 123")!).Value);
    }

    [Theory]
    [InlineData("servce = a", 1, "there is no field 'servce'; fields are service, name, topic")]
    [InlineData("service", 8, "expected one of = != =~ !~, in, not in, exists, but the query ends here")]
    [InlineData("service = ", 11, "expected a value, but the query ends here")]
    [InlineData("service = and", 11, "expected a value, but and stands here (quoted it would be a value)")]
    [InlineData("service > a", 9, "service knows no >, only = != =~ !~, in, exists")]
    [InlineData("duration > 500", 12, "duration is compared with a time such as 500ms, not with '500'")]
    [InlineData("partition = three", 13, "partition is compared with a whole number, not with 'three'")]
    [InlineData("status = bad", 10, "status is never 'bad'; it is one of error, ok, unset")]
    [InlineData("topic =~ \"(\"", 10, "this regular expression cannot be used")]
    [InlineData("topic =~ \"(?=a)b\"", 10, "this regular expression cannot be used: it looks around or back")]
    [InlineData("(service = a", 13, "expected and, or, or ), but the query ends here")]
    [InlineData("service = a)", 12, "expected and, or, or the end of the query, but ) stands here")]
    [InlineData("service = a b = c", 13, "expected and, or, or the end of the query, but b stands here")]
    [InlineData("service = \"a", 11, "there is no \" that ends what begins here")]
    [InlineData("topic in a", 10, "expected ( and a list of values, but a stands here")]
    [InlineData("topic in (a b)", 13, "expected , or ), but b stands here")]
    [InlineData("error = true", 7, "error stands alone, or as status = error")]
    [InlineData("a.b > x", 7, "what is more or less is a number")]
    [InlineData("a.b ! c", 5, "'!' alone means nothing")]
    [InlineData("trace = xyz", 9, "trace is compared with an id of at most 32 hex digits, not with 'xyz'")]
    public void What_is_no_query_is_refused_where_it_is_wrong(string query, int column, string message)
    {
        var error = Assert.Throws<QueryException>(() => QueryParser.Parse(query));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, column), (error.Line, error.Column));
    }

    [Fact]
    public void The_line_is_told_of_a_query_with_several()
    {
        var error = Assert.Throws<QueryException>(() => QueryParser.Parse("service = a\nand  b = c"));
        Assert.Equal((2, 6), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    public void Depth_is_bounded(string open, string close)
    {
        string Nested(int depth) =>
            string.Concat(Enumerable.Repeat(open, depth)) + "error" + string.Concat(Enumerable.Repeat(close, depth));

        QueryParser.Parse(Nested(QueryLimits.DepthMax));
        Assert.Throws<QueryException>(() => QueryParser.Parse(Nested(QueryLimits.DepthMax + 1)));
    }

    [Fact]
    public void Length_and_comparisons_are_bounded()
    {
        string Errors(int count) => string.Join(" or ", Enumerable.Repeat("error", count));

        QueryParser.Parse(Errors(QueryLimits.ComparisonsMax));
        Assert.Throws<QueryException>(() => QueryParser.Parse(Errors(QueryLimits.ComparisonsMax + 1)));
        Assert.Throws<QueryException>(() => QueryParser.Parse(new string(' ', QueryLimits.LengthMax + 1)));
    }
}
