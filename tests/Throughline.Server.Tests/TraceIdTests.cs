using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests;

public sealed class TraceIdTests
{
    [Theory]
    [InlineData("1", "00000000000000000000000000000001")]
    [InlineData("ABCDEF0123456789", "0000000000000000abcdef0123456789")]
    [InlineData("0af7651916cd43dd8448eb211c80319c", "0af7651916cd43dd8448eb211c80319c")]
    public void Hex_of_any_length_and_case_is_read(string hex, string shown)
    {
        Assert.True(TraceId.TryParse(hex, out var id));
        Assert.Equal(shown, id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("0af7651916cd43dd8448eb211c80319c0")]
    [InlineData("0af7651916cd43dd 448eb211c80319c")]
    [InlineData("+af7651916cd43dd8448eb211c80319c")]
    public void What_is_no_id_is_refused(string hex) => Assert.False(TraceId.TryParse(hex, out _));

    [Fact]
    public void Bytes_are_kept()
    {
        byte[] bytes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        var back = new byte[TraceId.Size];
        TraceId.Read(bytes).Write(back);
        Assert.Equal(bytes, back);
    }
}
