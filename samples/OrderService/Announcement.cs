namespace OrderService;

/// <summary>What became of an order's event.</summary>
internal enum Announcement
{
    Sent,

    /// <summary>Kafka did not take it in time; it may later.</summary>
    Delayed,

    /// <summary>Kafka will not take it, however often it is sent.</summary>
    Refused,
}
