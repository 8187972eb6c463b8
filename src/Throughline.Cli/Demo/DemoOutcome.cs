using System.Text.Json;
using Throughline.Cli.Analyze;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Traces;

namespace Throughline.Cli.Demo;

/// <summary>All that a run found out.</summary>
internal sealed record DemoOutcome
{
    public required DemoOptions Options { get; init; }

    public required OrderOutcomes Orders { get; init; }

    /// <summary>What went wrong on purpose; null where nothing did.</summary>
    public required ShopTruth? Truth { get; init; }

    /// <summary>Where the server answers, and shows its pages.</summary>
    public required Uri Address { get; init; }

    /// <summary>One for each accepted order.</summary>
    public required IReadOnlyList<OrderTrace> Traces { get; init; }

    /// <summary>Notifications that reached their address.</summary>
    public required int Notifications { get; init; }

    /// <summary>Null when the topic could not be read back.</summary>
    public required HeaderUse? Headers { get; init; }

    /// <summary>Null when no backend was named.</summary>
    public required ForwardOutcome? Forwarded { get; init; }

    /// <summary>What the server found in the same spans.</summary>
    public required IReadOnlyList<(AnswerTable Table, JsonElement Answer)> Answers { get; init; }

    public IReadOnlyList<OrderTrace> Whole => [.. Traces.Where(trace => trace.IsWhole)];

    public IReadOnlyList<OrderTrace> Broken => [.. Traces.Where(trace => !trace.IsWhole)];

    public Percentiles? EndToEnd =>
        Percentiles.Of(Traces.Select(trace => trace.EndToEnd).OfType<TimeSpan>().Where(it => it >= TimeSpan.Zero));

    /// <summary>Waits whose ends the clocks agree on.</summary>
    public Percentiles? InTopic => Percentiles.Of(
        Traces.Select(trace => trace.Wait).OfType<TopicWait>()
            .Where(wait => wait.Kind != TopicWaitKind.ClockSkew).Select(wait => wait.Duration));

    /// <summary>Broken traces and orders not accepted are findings; a backend that takes no spans was not reached.</summary>
    public int ExitCode => Broken.Count > 0 || Orders.Refused.Count > 0 ? ExitCodes.Findings
        : Forwarded is { Failed: > 0 } ? ExitCodes.Unreachable
        : ExitCodes.Ok;
}
