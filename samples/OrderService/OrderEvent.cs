namespace OrderService;

/// <summary>What the topic carries for each order; its key is the order's id.</summary>
internal sealed record OrderEvent(Guid OrderId, string Customer, decimal Amount, DateTimeOffset CreatedAt);
