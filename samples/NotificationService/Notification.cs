namespace NotificationService;

/// <summary>What the customer gets.</summary>
internal sealed record Notification(Guid OrderId, string To, string Text);
