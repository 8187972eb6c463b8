using System.Globalization;
using Throughline.Dashboard.Internal.Search;

namespace Throughline.Dashboard.Tests.Search;

/// <summary>What the search box takes for what.</summary>
public sealed class BoxReaderTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";

    [Theory]
    [InlineData(Trace)]
    [InlineData("0AF7651916CD43DD8448EB211C80319C")]
    [InlineData("  " + Trace + "\n")]
    [InlineData("trace_id=" + Trace)]
    [InlineData("traceId: \"" + Trace + "\",")]
    [InlineData("\"" + Trace + "\"")]
    public void Trace_id_as_logs_write_it_is_a_trace(string text)
    {
        var trace = Assert.IsType<BoxReading.Trace>(BoxReader.Read(text));
        Assert.Equal((Trace, 0UL), (trace.Id.ToString(), trace.SpanId));
    }

    [Theory]
    [InlineData("00-" + Trace + "-" + Span + "-01")]
    [InlineData("traceparent: 00-" + Trace + "-" + Span + "-00")]
    [InlineData("\"traceparent\": \"cc-" + Trace + "-" + Span + "-01-what-comes-later\"")]
    [InlineData("b3: " + Trace + "-" + Span + "-1")]
    [InlineData(Trace + "-" + Span)]
    public void Header_is_a_trace_and_its_span(string text)
    {
        var trace = Assert.IsType<BoxReading.Trace>(BoxReader.Read(text));
        Assert.Equal((Trace, 0xb7ad6b7169203331), (trace.Id.ToString(), trace.SpanId));
    }

    [Fact]
    public void Short_trace_id_is_one() =>
        Assert.Equal("0000000000000000" + Span, Assert.IsType<BoxReading.Trace>(BoxReader.Read(Span)).Id.ToString());

    [Theory]
    [InlineData("orders/3/4711", "orders 3 4711")]
    [InlineData("orders[3]@4711", "orders 3 4711")]
    [InlineData("orders [3] @ 4711", "orders 3 4711")]
    [InlineData("orders [3] at offset 4711", "orders 3 4711")]
    [InlineData("orders/3@4711", "orders 3 4711")]
    [InlineData("my-orders.v1-3@4711", "my-orders.v1 3 4711")]
    [InlineData("shop/eu/orders/3/4711", "shop/eu/orders 3 4711")]
    [InlineData("7/7/7", "7 7 7")]
    public void Place_of_a_record_is_a_record(string text, string expected)
    {
        var record = Assert.IsType<BoxReading.Record>(BoxReader.Read(text));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{record.Topic} {record.Partition} {record.Offset}"));
    }

    [Theory]
    [InlineData("topic = orders")]
    [InlineData("error")]
    [InlineData("lag > 5s and not (group = billing)")]
    [InlineData("error.type exists")]
    public void Query_is_a_query(string text) => Assert.IsType<BoxReading.Query>(BoxReader.Read(text));

    [Theory]
    [InlineData("customer-17")]
    [InlineData("GET /orders/1/2")]
    [InlineData("orders/99999999999/1")]
    [InlineData("Müller & Söhne AG #7", false)]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("topic:orders")]
    public void Words_are_looked_for_as_they_are(string text, bool areWords = true)
    {
        var reading = BoxReader.Read(text);
        Assert.True(areWords ? reading is BoxReading.Words : reading is BoxReading.Refused, reading.ToString());
    }

    [Theory]
    [InlineData("lag > 5", 7)]
    [InlineData("  lag > 5", 9)]
    [InlineData("topic = a b = c", 11)]
    [InlineData("<script>alert(1)</script>", 1)]
    [InlineData("(error", 7)]
    public void What_is_meant_as_a_query_is_refused_at_its_column(string text, int column) =>
        Assert.Equal(column, Assert.IsType<BoxReading.Refused>(BoxReader.Read(text)).Error.Column);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    public void Nothing_is_everything(string? text) => Assert.IsType<BoxReading.Everything>(BoxReader.Read(text));

    [Fact]
    public void Whatever_is_pasted_is_read_in_no_time()
    {
        foreach (var piece in (string[])["a/", "1/", "[1]@", "\"", "0af7-", "=", "(", "é\u0000", "topic = "])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
            Assert.NotNull(BoxReader.Read(text));
            Assert.NotNull(BoxReader.Read(text[..399]));
        }
    }

    [Theory]
    [InlineData("topic:orders wait>2s group:billing err", "topic = orders and lag > 2s and group = billing and error")]
    [InlineData("service.name=shop", "service = shop")]
    [InlineData("svc:shop and dur:>=2s", "service = shop and duration >= 2s")]
    [InlineData("hello world", null)]
    [InlineData("topic:", null)]
    [InlineData("nofield:x", null)]
    public void Other_tools_spelling_is_understood(string text, string? query) => Assert.Equal(query, OtherSpelling.Of(text));
}
