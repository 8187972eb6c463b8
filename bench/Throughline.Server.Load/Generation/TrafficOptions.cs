namespace Throughline.Server.Load.Generation;

/// <summary>What the generated traces are like. The same options give the same bytes, on every machine.</summary>
internal sealed record TrafficOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>How often each service has part in a trace falls with its number.</summary>
    public int Services { get; init; } = 60;

    public int InstancesPerService { get; init; } = 3;

    public int Topics { get; init; } = 80;

    public int PartitionsPerTopic { get; init; } = 12;

    /// <summary>Share of processings that fail.</summary>
    public double Errors { get; init; } = 0.02;

    /// <summary>Share of spans that come in a later request than their trace's others.</summary>
    public double Late { get; init; } = 0.01;

    /// <summary>Spans in a request, about.</summary>
    public int SpansPerRequest { get; init; } = 512;

    /// <summary>How fast the spans' own time goes.</summary>
    public double SpansPerSecond { get; init; } = 1000;

    /// <summary>Where it begins.</summary>
    public DateTimeOffset Begin { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
