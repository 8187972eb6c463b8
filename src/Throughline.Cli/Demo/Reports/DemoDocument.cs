using System.Text.Json;
using Throughline.Cli.Demo.Orders;

namespace Throughline.Cli.Demo.Reports;

/// <summary>What <c>demo --json</c> prints. A field may be added; a change of meaning raises the version.</summary>
internal sealed record DemoDocument
{
    public int SchemaVersion { get; init; } = 1;

    public required int Orders { get; init; }

    public required int Accepted { get; init; }

    public required IReadOnlyList<string> Refused { get; init; }

    public required int UnbrokenTraces { get; init; }

    public required int BrokenTraces { get; init; }

    public required int Notifications { get; init; }

    public required PercentilesDocument? EndToEnd { get; init; }

    public required PercentilesDocument? InTopic { get; init; }

    public required HeadersDocument? Headers { get; init; }

    public required ForwardDocument? Otlp { get; init; }

    /// <summary>What went wrong on purpose, by orders' ids; null with <c>--calm</c> and <c>--broken</c>.</summary>
    public required ShopTruth? Faults { get; init; }

    /// <summary>The server's answers by the names of <c>throughline analyze</c>.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Answers { get; init; }

    public required IReadOnlyList<TraceDocument> Traces { get; init; }
}
