namespace OrderService;

/// <summary>One line of a posted order.</summary>
internal sealed record NewOrderItem(string? Sku, int? Quantity, decimal? UnitPrice)
{
    private const int SkuLengthMax = 64;
    private const int QuantityMax = 1000;
    private const decimal UnitPriceMax = 100_000;

    /// <summary>Adds what is wrong with this item, under <paramref name="path"/>.</summary>
    public void AddProblems(string path, Dictionary<string, string[]> problems)
    {
        if (string.IsNullOrWhiteSpace(Sku) || Sku.Length > SkuLengthMax)
        {
            problems[$"{path}.sku"] = [$"must have 1 to {SkuLengthMax} characters"];
        }

        if (Quantity is null or < 1 or > QuantityMax)
        {
            problems[$"{path}.quantity"] = [$"must be a whole number from 1 to {QuantityMax}"];
        }

        if (UnitPrice is null or <= 0 or > UnitPriceMax || UnitPrice.Value.Scale > 2)
        {
            problems[$"{path}.unitPrice"] = [$"must be above 0, at most {UnitPriceMax}, with at most two decimals"];
        }
    }
}
