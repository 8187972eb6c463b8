namespace OrderService;

/// <summary>An accepted order.</summary>
internal sealed record Order(
    Guid Id, string Customer, decimal Amount, DateTimeOffset CreatedAt, IReadOnlyList<NewOrderItem?> Items)
{
    /// <summary>The payment provider's token of the card to charge.</summary>
    public string? Card { get; init; }

    public bool Express { get; init; }

    public string? Note { get; init; }
}
