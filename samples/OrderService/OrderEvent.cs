namespace OrderService;

/// <summary>What the topic carries for each order; its key is the customer, whose orders so stay in order.</summary>
internal sealed record OrderEvent(
    Guid OrderId, string Customer, decimal Amount, DateTimeOffset CreatedAt, string? Card, bool Express, string? Note);
