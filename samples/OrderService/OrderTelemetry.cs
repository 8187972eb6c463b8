using System.Diagnostics;

namespace OrderService;

/// <summary>The service's own spans.</summary>
internal static class OrderTelemetry
{
    public static readonly ActivitySource Source = new("OrderService");
}
