namespace ShopServices;

/// <summary>What the topic carries for each order.</summary>
internal sealed record OrderEvent(Guid OrderId, string Customer, decimal Amount, string? Card, bool Express);
