namespace Throughline.Cli.Demo;

/// <summary>What the user asked the demo for.</summary>
internal sealed record DemoOptions
{
    public const int OrdersDefault = 20;
    public const int OrdersMax = 10_000;

    public int Orders { get; init; } = OrdersDefault;

    /// <summary>A real Kafka; null for the embedded broker.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>An OTLP/HTTP backend that gets the spans too; null for none.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Leave the extract step out.</summary>
    public bool Broken { get; init; }

    /// <summary>Print every trace.</summary>
    public bool All { get; init; }

    public bool Json { get; init; }

    /// <summary>Show what the services log.</summary>
    public bool Verbose { get; init; }

    /// <summary>The longest that any one step may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
