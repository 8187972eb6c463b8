using System.Globalization;

namespace Throughline.Cli.Demo.Pictures;

/// <summary>Numbers in words.</summary>
internal static class Words
{
    /// <summary>Milliseconds with one decimal up to ten seconds, then seconds.</summary>
    public static string Duration(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        < 0 => "skew",
        < 0.05 => "<0.1 ms",
        < 999.95 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s"),
    };

    /// <summary><c>1 order</c>, <c>2 orders</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
