namespace Throughline.Cli.Demo.Orders;

/// <summary>The test cards that the sample's payment provider knows.</summary>
internal static class Cards
{
    public const string Usual = "tok_visa";
    public const string Declined = "tok_declined";
    public const string Unreachable = "tok_unreachable";
    public const string Flaky = "tok_flaky";
    public const string Slow = "tok_slow";
    public const string Challenged = "tok_3ds";
}
