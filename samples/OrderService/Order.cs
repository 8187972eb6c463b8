namespace OrderService;

/// <summary>An accepted order.</summary>
internal sealed record Order(
    Guid Id, string Customer, decimal Amount, DateTimeOffset CreatedAt, IReadOnlyList<NewOrderItem?> Items);
