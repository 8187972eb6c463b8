using System.Diagnostics;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>One measurement, with what was current when it was recorded.</summary>
public sealed record Measured(string Name, double Value, IReadOnlyDictionary<string, object?> Tags, Activity? Current)
{
    public object? Tag(string name) => Tags.GetValueOrDefault(name);
}
