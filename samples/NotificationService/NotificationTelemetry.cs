using System.Diagnostics;

namespace NotificationService;

/// <summary>The service's own spans.</summary>
internal static class NotificationTelemetry
{
    public static readonly ActivitySource Source = new("NotificationService");
}
