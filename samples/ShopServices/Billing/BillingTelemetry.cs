using System.Diagnostics;

namespace ShopServices.Billing;

/// <summary>The service's own spans.</summary>
internal static class BillingTelemetry
{
    public static readonly ActivitySource Source = new("Billing");
}
