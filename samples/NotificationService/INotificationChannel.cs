namespace NotificationService;

/// <summary>A way to the customer.</summary>
internal interface INotificationChannel
{
    /// <summary>Orders that were notified before this process started, as far as the channel knows.</summary>
    IEnumerable<Guid> AlreadySent();

    /// <summary>Sends one notification, within seconds; throws when it could not.</summary>
    Task SendAsync(Notification notification);
}
