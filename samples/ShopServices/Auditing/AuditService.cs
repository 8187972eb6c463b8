namespace ShopServices.Auditing;

/// <summary>A consumer as many teams have one: the bare client in a loop, and a span written by hand around each record.</summary>
internal static class AuditService
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<AuditReadiness>();
        services.AddHostedService<AuditConsumer>();
        services.AddHealthChecks().AddCheck<AuditReadiness>("kafka");
    }
}
