using System.Diagnostics;

namespace ShopServices.Auditing;

/// <summary>The service's own spans.</summary>
internal static class AuditTelemetry
{
    public static readonly ActivitySource Source = new("Audit");
}
