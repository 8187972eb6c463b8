using System.Text;

namespace Throughline.Propagation.Tests;

/// <summary>The carriers that ship: get, set, remove, keys.</summary>
public sealed class CarrierTests
{
    [Fact]
    public void A_string_dictionary_is_read_and_written()
    {
        Dictionary<string, string> held = new(StringComparer.Ordinal) { ["a"] = "\u00e9" };
        TextHeaders headers = new(held);

        Assert.True(headers.TryGet("a", out HeaderValue value));
        Assert.True(value.IsText);
        Assert.Equal("\u00e9", value.ToString());
        Assert.True(value.Utf8.IsEmpty);
        AssertSetAndRemove(headers);
        Assert.Equal(new() { ["a"] = "\u00e9" }, held);
    }

    [Fact]
    public void A_byte_valued_table_is_read_as_bytes_and_strings_and_written_as_bytes()
    {
        Dictionary<string, object?> held = new(StringComparer.Ordinal)
        {
            ["bytes"] = Encoding.UTF8.GetBytes("\u00e9"),
            ["text"] = "text",
            ["number"] = 42L,
            ["nothing"] = null,
            ["list"] = new List<object> { "x" },
        };
        ByteHeaders headers = new(held);

        Assert.True(headers.TryGet("bytes", out HeaderValue bytes));
        Assert.False(bytes.IsText);
        Assert.Equal("\u00e9", bytes.ToString());
        Assert.True(bytes.Text.IsEmpty);
        Assert.True(headers.TryGet("text", out HeaderValue text));
        Assert.Equal("text", text.Text.ToString());
        Assert.All(["number", "nothing", "list", "absent"], name => Assert.False(headers.TryGet(name, out _)));
        headers.Set("text", "new"u8);
        Assert.Equal("new"u8.ToArray(), held["text"]);
        AssertSetAndRemove(headers);
        Assert.Equal(5, held.Count);
    }

    [Fact]
    public void Attributes_of_a_clients_own_type_are_read_and_written()
    {
        Dictionary<string, Attribute> held = new(StringComparer.Ordinal)
        {
            ["a"] = new("String", "1"),
            ["binary"] = new("Binary", null),
        };
        AttributeHeaders<Attribute> headers = new(held, attribute => attribute.Text, text => new Attribute("String", text));

        Assert.True(headers.TryGet("a", out HeaderValue value));
        Assert.Equal("1", value.ToString());
        Assert.False(headers.TryGet("binary", out _));
        Propagating.W3C.Inject(Contexts.Sampled, default, headers);
        Assert.Equal(new Attribute("String", Contexts.TraceParent), held["traceparent"]);
        Assert.Equal(Contexts.Sampled, Propagating.W3C.Extract(headers).ToActivityContext());
    }

    [Fact]
    public void A_value_that_is_not_utf8_is_shown_with_replacement_characters()
    {
        Assert.Equal("a\uFFFDb", new HeaderValue([(byte)'a', 0xFF, (byte)'b']).ToString());
    }

    private static void AssertSetAndRemove<TCarrier>(TCarrier headers)
        where TCarrier : IHeaderCarrier
    {
        headers.Set("new", "1"u8);
        headers.Set("new", "2"u8);

        Assert.True(headers.TryGet("new", out HeaderValue value));
        Assert.Equal("2", value.ToString());
        Assert.Single(headers.Keys, "new");
        Assert.False(headers.TryGet("New", out _));
        Assert.True(headers.Remove("new"));
        Assert.False(headers.Remove("new"));
        Assert.DoesNotContain("new", headers.Keys);
    }

    private sealed record Attribute(string DataType, string? Text);
}
