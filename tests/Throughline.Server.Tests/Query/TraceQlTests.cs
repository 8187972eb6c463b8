using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.TraceQl;

namespace Throughline.Server.Tests.Query;

public sealed class TraceQlTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData("{ true }", "")]
    [InlineData("{ resource.service.name = \"orders\" }", "service = orders")]
    [InlineData("{ .service.name = `orders` }", "service = orders")]
    [InlineData("{ span.service.name = \"orders\" }", "span.service.name = orders")]
    [InlineData("{ name = \"send orders\" && duration > 1.5s }", "name = \"send orders\" and duration > 1.5s")]
    [InlineData("{ span:name = \"x\" && span:status=error && span:kind = consumer }", "name = x and status = error and kind = consumer")]
    [InlineData("{ .a = 1 || .b = 2 && .c = 3 }", "(a. = 1 or b. = 2) and c. = 3")]
    [InlineData("{ .http.status_code >= 500 }", "http.status_code >= 500")]
    [InlineData("{ .a.b < -1.5 }", "a.b < -1.5")]
    [InlineData("{ .a.b =~ \"x.*\" }", "a.b =~ x.*")]
    [InlineData("{ .a.b != \"x\" }", "a.b exists and a.b != x")]
    [InlineData("{ .a.b = nil }", "not a.b exists")]
    [InlineData("{ .a.b != nil }", "a.b exists")]
    [InlineData("{ !(.a.b = true) }", "not a.b = true")]
    [InlineData("{ .a.b }", "a.b = true")]
    [InlineData("{ span.\"odd name\" = 5ms }", "span.`odd name` = 5ms")]
    [InlineData("{ trace:id = \"af7\" }", "trace = 00000000000000000000000000000af7")]
    public void One_spanset_filter_is_read(string query, string own)
    {
        var expected = own.Replace("a. ", "`a` ", StringComparison.Ordinal)
            .Replace("b. ", "`b` ", StringComparison.Ordinal)
            .Replace("c. ", "`c` ", StringComparison.Ordinal);
        Assert.Equal(expected, QueryPrinter.Print(TraceQlParser.Parse(query)));
    }

    [Theory]
    [InlineData("", 1, "syntax error: unexpected $end, expecting {")]
    [InlineData("wharblgarbl", 1, "syntax error: unexpected wharblgarbl, expecting {")]
    [InlineData("{ + }", 3, "syntax error: unexpected +")]
    [InlineData("{ . foo }", 3, "syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER")]
    [InlineData("{ .a | .b }", 6, "syntax error: unexpected |")]
    [InlineData("{ .a = ", 8, "syntax error: unexpected $end")]
    [InlineData("{ .a = \"x }", 8, "literal not terminated")]
    [InlineData("{ .a } | count() > 2", 8, "syntax error: unexpected |; this server knows one {…}")]
    [InlineData("{ .a } >> { .b }", 8, "syntax error: unexpected >>; this server knows one {…}")]
    [InlineData("{ 2 = .b }", 3, "not supported by this server: a value before its comparison")]
    [InlineData("{ rootName = \"x\" }", 3, "not supported by this server: rootName")]
    [InlineData("{ event.name = \"x\" }", 3, "not supported by this server: the scope event")]
    [InlineData("{ duration > 5 }", 14, "duration is compared with a time such as 500ms, not with '5'")]
    [InlineData("{ status = \"error\" }", 12, "syntax error: unexpected STRING")]
    [InlineData("{ status > error }", 12, "status is compared by = !=")]
    public void More_than_the_subset_is_refused_with_its_column(string query, int column, string message)
    {
        var error = Assert.Throws<QueryException>(() => TraceQlParser.Parse(query));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, column), (error.Line, error.Column));
    }
}
