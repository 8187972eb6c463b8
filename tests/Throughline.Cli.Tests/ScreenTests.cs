using System.Text;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Tests;

public class ScreenTests
{
    [Fact]
    public void A_pipe_gets_80_plain_columns()
    {
        var screen = Of(redirected: true);

        Assert.Equal(80, screen.Width);
        Assert.False(screen.Colour);
        Assert.False(screen.Live);
        Assert.Equal(Glyphs.Unicode, screen.Glyphs);
    }

    [Fact]
    public void NO_COLOR_takes_the_colour_and_leaves_the_live_line()
    {
        var screen = Of(redirected: false, ("NO_COLOR", "1"), ("COLUMNS", "100"));

        Assert.False(screen.Colour);
        Assert.True(screen.Live);
    }

    [Fact]
    public void A_dumb_terminal_gets_neither()
    {
        var screen = Of(redirected: false, ("TERM", "dumb"), ("COLUMNS", "100"));

        Assert.False(screen.Colour);
        Assert.False(screen.Live);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("20", 60)]
    [InlineData("5000", 200)]
    [InlineData("wide", 80)]
    public void COLUMNS_is_obeyed_within_reason(string columns, int width) =>
        Assert.Equal(width, Of(redirected: true, ("COLUMNS", columns)).Width);

    [Fact]
    public void Without_UTF8_there_are_only_ASCII_glyphs() =>
        Assert.Equal(Glyphs.Ascii, Screen.Of(redirected: true, Encoding.ASCII, _ => null).Glyphs);

    private static Screen Of(bool redirected, params (string Name, string Value)[] variables) => Screen.Of(
        redirected, Encoding.UTF8, name => variables.SingleOrDefault(it => it.Name == name).Value);
}
