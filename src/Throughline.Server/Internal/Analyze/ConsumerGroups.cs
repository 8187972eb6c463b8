using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How a group is called where the instrumentation does not tell it: by its service, as in <see cref="Assemble.Hop"/>.</summary>
internal static class ConsumerGroups
{
    public static string Of(string? told, SpanSource source) => told ?? source.ConsumerGroup ?? $"({source.Service})";
}
