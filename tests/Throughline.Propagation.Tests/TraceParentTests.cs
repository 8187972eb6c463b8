using System.Diagnostics;
using System.Text;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>Known answers for traceparent, level 2.</summary>
public sealed class TraceParentTests
{
    private const string Ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

    [Fact]
    public void A_valid_header_is_read_to_ids_and_flags()
    {
        Assert.True(TraceParent.TryParse($"00-{Ids}-01", out TraceParent parsed));

        Assert.Equal(UInt128.Parse("4bf92f3577b34da6a3ce929d0e0e4736", System.Globalization.NumberStyles.HexNumber), parsed.TraceId);
        Assert.Equal(0x00f067aa0ba902b7UL, parsed.SpanId);
        Assert.Equal(ActivityTraceFlags.Recorded, parsed.Flags);
        Assert.Equal($"00-{Ids}-01", parsed.ToString());
    }

    [Theory]
    [InlineData("00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-03")] // OpenTelemetry Java agent 2.30
    [InlineData("00-c561ea2996de3e7aa2331babfa6b0bb5-61fdf267d2a09478-03")] // OpenTelemetry Python 1.45
    public void What_other_clients_wrote_is_read_and_written_back_byte_for_byte(string header)
    {
        byte[] written = new byte[TraceParent.Length];

        Assert.True(TraceParent.TryParse(Encoding.ASCII.GetBytes(header), out TraceParent parsed));
        Assert.True(parsed.TryWrite(written));
        Assert.Equal(header, Encoding.ASCII.GetString(written));
    }

    [Theory]
    [InlineData("00", 0x00)]
    [InlineData("01", 0x01)]
    [InlineData("02", 0x02)]
    [InlineData("03", 0x03)]
    [InlineData("ff", 0x03)]
    [InlineData("fc", 0x00)]
    [InlineData("09", 0x01)]
    public void Of_the_flags_only_sampled_and_random_are_kept(string flags, int kept)
    {
        Assert.True(TraceParent.TryParse($"00-{Ids}-{flags}", out TraceParent parsed));
        Assert.Equal((ActivityTraceFlags)kept, parsed.Flags);
        Assert.EndsWith($"-0{kept}", parsed.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01-" + Ids + "-01")]
    [InlineData("cc-" + Ids + "-01-what-the-future-will-be-like")]
    [InlineData("cc-" + Ids + "-01-")]
    [InlineData("fe-" + Ids + "-01-\u00e9\u4e2d")]
    public void A_higher_version_is_read_and_goes_on_as_version_00(string header)
    {
        Assert.True(TraceParent.TryParse(header, out TraceParent text));
        Assert.True(TraceParent.TryParse(Encoding.UTF8.GetBytes(header), out TraceParent bytes));
        Assert.Equal($"00-{Ids}-01", text.ToString());
        Assert.Equal(text, bytes);
    }

    public static TheoryData<string> Malformed => new(
    [
        "",
        "00",
        "00-" + Ids,
        "00-" + Ids + "-",
        "00-" + Ids + "-0",
        "00-" + Ids + "-010",
        "00-" + Ids + "-01-",
        "00-" + Ids + "-01-more",
        "00-" + Ids + "-01 ",
        " 00-" + Ids + "-01",
        "00-" + Ids + "-01\r\n",
        "ff-" + Ids + "-01",
        "ff-" + Ids + "-01-more",
        "cc-" + Ids + "-01.more",
        "cc-" + Ids + "-011",
        "0x-" + Ids + "-01",
        ".0-" + Ids + "-01",
        "0F-" + Ids + "-01",
        "00-" + Ids + "-0X",
        "00-" + Ids + "-.0",
        "00-" + Ids + "-0A",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e47366-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b/-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b:-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b`-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736.00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473\u00e9-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473\uff11-00f067aa0ba902b7-01",
    ]);

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_header_is_refused_as_bytes_and_as_text(string header)
    {
        Assert.False(TraceParent.TryParse(header, out TraceParent text));
        Assert.False(TraceParent.TryParse(Encoding.UTF8.GetBytes(header), out TraceParent bytes));
        Assert.Equal(default, text);
        Assert.Equal(default, bytes);
    }

    [Fact]
    public void Every_character_in_every_place_is_judged_alike_with_and_without_vectors()
    {
        byte[] digits = Encoding.ASCII.GetBytes("0123456789abcdef");
        for (int at = 0; at < digits.Length; at++)
        {
            byte proper = digits[at];
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                digits[at] = (byte)value;
                bool isHex = (char)value is (>= '0' and <= '9') or (>= 'a' and <= 'f');

                Assert.Equal(isHex, Hex.TryRead(digits, out ulong vectors));
                Assert.Equal(isHex, Hex.TryReadOneByOne(digits, out ulong oneByOne));
                Assert.Equal(oneByOne, vectors);
                if (isHex)
                {
                    Assert.Equal(Convert.ToUInt64(Encoding.ASCII.GetString(digits), 16), vectors);
                }
            }

            digits[at] = proper;
        }
    }

    [Fact]
    public void An_activity_context_goes_there_and_back()
    {
        ActivityContext context = new(
            ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"),
            ActivitySpanId.CreateFromString("00f067aa0ba902b7"),
            (ActivityTraceFlags)0x03,
            "a=1",
            isRemote: true);

        Assert.Equal(context, TraceParent.From(context).ToActivityContext("a=1", isRemote: true));
    }

    [Fact]
    public void Nothing_valid_is_made_of_a_context_that_is_not()
    {
        TraceParent none = TraceParent.From(default);

        Assert.False(none.IsValid);
        Assert.False(none.TryWrite(new byte[TraceParent.Length]));
        Assert.Equal(string.Empty, none.ToString());
        Assert.Equal(default, none.ToActivityContext(null, isRemote: true));
    }

    [Fact]
    public void Too_little_room_is_refused()
    {
        Assert.False(new TraceParent(1, 1, ActivityTraceFlags.None).TryWrite(new byte[TraceParent.Length - 1]));
    }
}
