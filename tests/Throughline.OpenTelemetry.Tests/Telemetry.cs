using System.Diagnostics;

namespace Throughline.OpenTelemetry.Tests;

/// <summary>An SDK under test with an environment and a source of its own, so that tests run side by side.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly List<string> _warnings;

    private Telemetry(ThroughlineSdk sdk, ActivitySource source, List<string> warnings)
    {
        Sdk = sdk;
        Source = source;
        _warnings = warnings;
    }

    public ThroughlineSdk Sdk { get; }

    public ActivitySource Source { get; }

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_warnings)
            {
                return [.. _warnings];
            }
        }
    }

    public static Telemetry Start(params (string Name, string Value)[] environment) => Start(null, environment);

    public static Telemetry Start(Action<ThroughlineSdkOptions>? configure, params (string Name, string Value)[] environment)
    {
        var source = new ActivitySource("Test." + Guid.NewGuid().ToString("N"), "1.2.3");
        var warnings = new List<string>();
        var sdk = ThroughlineSdk.Start(options =>
        {
            options.Environment = name => Array.FindLast(environment, pair => pair.Name == name).Value;
            options.AddSource(source.Name);
            options.Warn = line =>
            {
                lock (warnings)
                {
                    warnings.Add(line);
                }
            };
            configure?.Invoke(options);
        });
        return new Telemetry(sdk, source, warnings);
    }

    /// <summary>Traces to that receiver, no metrics: what most tests want.</summary>
    public static (string Name, string Value)[] TracesTo(Uri address, string protocol, params (string Name, string Value)[] more) =>
    [
        ("OTEL_TRACES_EXPORTER", "otlp"),
        ("OTEL_METRICS_EXPORTER", "none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", address.ToString()),
        .. more,
    ];

    public Activity? Span(string name, ActivityKind kind = ActivityKind.Internal)
    {
        var span = Source.StartActivity(name, kind);
        span?.Stop();
        return span;
    }

    public bool Flush() => Sdk.Flush(TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        Sdk.Dispose();
        Source.Dispose();
    }
}
