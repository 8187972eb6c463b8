using System.Globalization;

namespace Throughline.Cli.Demo.Orders;

/// <summary>The test cards that the sample's payment provider knows.</summary>
internal static class Cards
{
    public const string Usual = "tok_visa";
    public const string Declined = "tok_declined";
    public const string Unreachable = "tok_unreachable";
    public const string Flaky = "tok_flaky";
    public const string Slow = "tok_slow";

    /// <summary>Its holder has to confirm, and takes so long, in whole seconds.</summary>
    public static string Challenged(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"tok_3ds_{time.TotalSeconds:0}");
}
