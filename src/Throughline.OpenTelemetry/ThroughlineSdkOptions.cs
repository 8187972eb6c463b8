using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Throughline.OpenTelemetry;

/// <summary>What a program adds to the set-up that the environment describes.</summary>
public sealed class ThroughlineSdkOptions
{
    private readonly List<Action<TracerProviderBuilder>> _tracing = [];
    private readonly List<Action<MeterProviderBuilder>> _metrics = [];

    /// <summary>The service's name where neither OTEL_SERVICE_NAME nor OTEL_RESOURCE_ATTRIBUTES gives one.</summary>
    public string? DefaultServiceName { get; set; }

    /// <summary>Attributes of the resource; as the specification has it, they win over OTEL_RESOURCE_ATTRIBUTES.</summary>
    public IDictionary<string, object> ResourceAttributes { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Refuse to start on a wrong variable, with one exception that lists all of them. Off: warn and fall back.</summary>
    public bool Strict { get; set; }

    /// <summary>Where variables come from; the process's environment unless set.</summary>
    public Func<string, string?> Environment { get; set; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Takes warnings, one line each; they go to stderr unless set. (The EventSource Throughline-OpenTelemetry has them too.)</summary>
    public Action<string> Warn { get; set; } = static line => Console.Error.WriteLine("Throughline: " + line);

    /// <summary>How long the end of the program may wait for spans and metrics to be sent; 5 s unless set.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal TextWriter Output { get; set; } = Console.Out;

    internal TimeProvider Time { get; set; } = TimeProvider.System;

    internal IReadOnlyList<Action<TracerProviderBuilder>> Tracing => _tracing;

    internal IReadOnlyList<Action<MeterProviderBuilder>> Metrics => _metrics;

    /// <summary>Takes variables from a map in place of the process's environment.</summary>
    /// <param name="variables">Names and values; what is not in it is unset.</param>
    public ThroughlineSdkOptions UseEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        Environment = name => variables.GetValueOrDefault(name);
        return this;
    }

    /// <summary>Listens to further activity sources, such as <c>Microsoft.AspNetCore</c>; <c>*</c> stands for any text.</summary>
    public ThroughlineSdkOptions AddSource(params string[] names) => ConfigureTracing(tracing => tracing.AddSource(names));

    /// <summary>Listens to further meters; <c>*</c> stands for any text.</summary>
    public ThroughlineSdkOptions AddMeter(params string[] names) => ConfigureMetrics(metrics => metrics.AddMeter(names));

    /// <summary>Anything else for tracing: a sampler (it wins over OTEL_TRACES_SAMPLER), processors (they run before the exporters).</summary>
    public ThroughlineSdkOptions ConfigureTracing(Action<TracerProviderBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _tracing.Add(configure);
        return this;
    }

    /// <summary>Anything else for metrics: views, readers.</summary>
    public ThroughlineSdkOptions ConfigureMetrics(Action<MeterProviderBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _metrics.Add(configure);
        return this;
    }
}
