using Microsoft.Extensions.Diagnostics.HealthChecks;
using Throughline.Kafka.Hosting.Internal.Consumers;

namespace Throughline.Kafka.Hosting.Internal.Health;

/// <summary>Whether a hosted consumer does its work: what stands in its way is unhealthy, what another start would not cure is degraded.</summary>
internal sealed class ConsumerHealthCheck(IHostedConsumer consumer) : IHealthCheck
{
    // On another thread: the client may take its time to answer.
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(consumer.Read(), context.Registration.FailureStatus), cancellationToken);

    private HealthCheckResult Check(ConsumerStatus status, HealthStatus unhealthy)
    {
        var (health, text) = Judge(status, unhealthy);
        var (group, topics) = (status.Options?.Client.GroupId, status.Options is null ? null : string.Join(", ", status.Options.Topics));
        return new(health, $"Consumer '{consumer.Name}' (group '{group}'; {topics}) {text}.", data: new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["group"] = group ?? string.Empty,
            ["topics"] = topics ?? string.Empty,
            ["partitions"] = status.Partitions,
            ["records_behind"] = status.RecordsBehind,
            ["seconds_since_poll"] = status.SinceLastPoll?.TotalSeconds ?? -1,
        });
    }

    private static (HealthStatus Status, string Text) Judge(ConsumerStatus status, HealthStatus unhealthy)
    {
        var limits = status.Options?.Health ?? new();
        return status switch
        {
            { Phase: ConsumerPhase.Starting } => (unhealthy, "has not started yet"),
            { Phase: ConsumerPhase.Pausing } => (unhealthy, $"ended by an error and begins again after a pause: {status.Failure}"),
            { Phase: ConsumerPhase.Ended, Failure: null } => (unhealthy, "has been stopped"),
            { Phase: ConsumerPhase.Ended } => (unhealthy, $"ended by an error: {status.Failure}"),
            { FatalError: { } error } => (unhealthy, $"has a client that has given up: {error.Code}: {error.Reason}"),
            { SinceLastPoll: { } age } when age > limits.PollAgeMax =>
                (unhealthy, $"has not asked for records for {Seconds(age)}; allowed: {Seconds(limits.PollAgeMax)} (Health:PollAgeMax)"),
            { BrokersAreAway: true } => (unhealthy, $"reaches no broker of {status.Options?.Client.BootstrapServers}"),
            { HasJoined: false } => (unhealthy, "has not joined its group yet"),
            { Partitions: 0 } => (limits.MayBeSpare ? HealthStatus.Healthy : HealthStatus.Degraded,
                "has no partition: its group has more members than partitions, or its topics do not exist (Health:MayBeSpare)"),
            _ when status.RecordsBehind > limits.LagMax =>
                (HealthStatus.Degraded, $"{Figures(status)}; allowed: {limits.LagMax} records (Health:LagMax)"),
            _ => (HealthStatus.Healthy, $"{Figures(status)}, asked for records {Seconds(status.SinceLastPoll ?? TimeSpan.Zero)} ago"),
        };
    }

    private static string Figures(ConsumerStatus status) =>
        $"has {status.Partitions} partition{(status.Partitions == 1 ? "" : "s")}, is {status.RecordsBehind} records behind";

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.0} s");
}
