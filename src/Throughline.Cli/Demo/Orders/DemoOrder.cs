using System.Globalization;
using System.Text.Json;

namespace Throughline.Cli.Demo.Orders;

/// <summary>An order to post.</summary>
/// <param name="Number">Says what is ordered: another thing each time, the same ones in every run.</param>
/// <param name="Customer">Who orders; the key of the order's record.</param>
internal sealed record DemoOrder(int Number, string Customer)
{
    /// <summary>Charged by billing; what becomes of it is in its name.</summary>
    public string Card { get; init; } = Cards.Usual;

    public bool Express { get; init; }

    public string? Note { get; init; }

    /// <summary>One of a customer who orders nothing else.</summary>
    public static DemoOrder Usual(int number) => new(number, $"customer-{number + 1}@example.com");

    public string ToJson() => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"customer":"{{Customer}}","card":"{{Card}}","express":{{(Express ? "true" : "false")}},
          "note":{{JsonSerializer.Serialize(Note)}},"items":[
          {"sku":"tea-{{Number % 7}}","quantity":{{(Number % 3) + 1}},"unitPrice":{{4 + (Number % 5)}}.50},
          {"sku":"cup","quantity":1,"unitPrice":12.90}]}
        """);
}
