using Confluent.Kafka;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Throughline.Kafka.Hosting;

namespace OrderService;

/// <summary>Puts the service together.</summary>
internal static class OrderHost
{
    private const int RequestBytesMax = 64 * 1024;

    public static WebApplication Build(string[] args, OrderSettings settings)
    {
        // .NET 10 leaves the method and the path off the request's span unless told otherwise.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBytesMax);
        builder.Logging.ClearProviders().AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks().AddCheck<KafkaHealthCheck>("kafka");

        // Hosted services stop in reverse order: the web server first, then the producer, whose last spans telemetry sends.
        builder.Services.AddThroughlineTelemetry(sdk =>
        {
            sdk.DefaultServiceName = "order-service";
            sdk.AddSource(OrderTelemetry.Source.Name, "Microsoft.AspNetCore");
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OrderStore>();
        builder.Services.AddSingleton<OrderEvents>();
        builder.Services.AddThroughlineKafka().AddProducer<string, byte[]>("orders", orders => Configure(orders, settings));
        builder.Services.AddHostedService<OutboxRelay>();
        builder.Services.AddSingleton<OrderEndpoints>();

        var app = builder.Build();
        app.Use(RequestSpan.CompleteAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Services.GetRequiredService<OrderEndpoints>().Map(app);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }

    private static void Configure(KafkaProducerOptions orders, OrderSettings settings)
    {
        foreach (var (name, value) in settings.KafkaConfig)
        {
            orders.Client.Set(name, value);
        }

        orders.Client.BootstrapServers = settings.KafkaBrokers;
        orders.Client.ClientId = "order-service";
        orders.Client.Acks = Acks.All;
        orders.Client.EnableIdempotence = true;
        orders.Client.MessageTimeoutMs = (int)settings.SendTimeout.TotalMilliseconds;

        // Requests await their own sends; what is left at the stop can only belong to a relay that was cut short.
        orders.FlushTimeout = settings.SendTimeout;
    }
}
