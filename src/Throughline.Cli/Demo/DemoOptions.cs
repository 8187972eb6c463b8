namespace Throughline.Cli.Demo;

/// <summary>What the user asked the demo for.</summary>
internal sealed record DemoOptions
{
    public const int OrdersDefault = 20;
    public const int OrdersMax = 10_000;
    public const int OrdersPerSecondDefault = 1;
    public const int OrdersPerSecondMax = 20;

    public int Orders { get; init; } = OrdersDefault;

    /// <summary>A real Kafka; null for the embedded broker.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>An OTLP/HTTP backend that gets the spans too; null for none.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Leave the extract step out.</summary>
    public bool Broken { get; init; }

    /// <summary>Leave everything out that goes wrong on purpose, and the services that only it needs.</summary>
    public bool Calm { get; init; }

    /// <summary>End after the report.</summary>
    public bool Once { get; init; }

    /// <summary>The port of the dashboard; null for the server's default if it is free, else any that is.</summary>
    public int? Port { get; init; }

    /// <summary>How many orders are sent while people look; 0 for none.</summary>
    public int OrdersPerSecond { get; init; } = OrdersPerSecondDefault;

    /// <summary>Print every trace.</summary>
    public bool All { get; init; }

    public bool Json { get; init; }

    /// <summary>Show what the services log.</summary>
    public bool Verbose { get; init; }

    /// <summary>The longest that any one step may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What goes wrong is what is there to be found. A consumer that loses every trace would only hide it.</summary>
    public bool HasFaults => !Calm && !Broken;

    /// <summary>The server stays up after the report. A program that reads JSON waits for its end.</summary>
    public bool Stays => !Once && !Json;
}
