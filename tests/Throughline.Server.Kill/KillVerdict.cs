namespace Throughline.Server.Kill;

/// <summary>What was there after all kills.</summary>
internal sealed record KillVerdict
{
    public required IReadOnlyDictionary<KillPoint, int> Killed { get; init; }

    public required long Acknowledged { get; init; }

    public required long Resent { get; init; }

    public required long Lost { get; init; }

    public required long Repeated { get; init; }

    /// <summary>Spans in the store that nobody sent.</summary>
    public required long Unsent { get; init; }

    public required long Stored { get; init; }

    public required long HopsExpected { get; init; }

    public required long HopsCounted { get; init; }

    public required long LogsAcknowledged { get; init; }

    public required long LogsLost { get; init; }

    /// <summary>Log records that are there more often than they were sent.</summary>
    public required long LogsRepeated { get; init; }

    public required string? Health { get; init; }

    public bool IsGood =>
        Lost == 0 && Repeated == 0 && Unsent == 0 && HopsCounted == HopsExpected && LogsLost == 0 && LogsRepeated == 0
        && Health is null && Acknowledged > 0 && LogsAcknowledged > 0;

    public override string ToString() =>
        $"""
        killed           {string.Join(", ", Killed.Select(one => $"{one.Key} {one.Value}"))}
        acknowledged     {Acknowledged:N0} spans; {Resent:N0} requests were sent more than once
        lost             {Lost:N0}
        stored twice     {Repeated:N0}
        stored           {Stored:N0} spans
        never sent       {Unsent:N0}
        hops counted     {HopsCounted:N0} of {HopsExpected:N0}
        log records      {LogsAcknowledged:N0} acknowledged, {LogsLost:N0} lost, {LogsRepeated:N0} more often than they were sent
        health           {Health ?? "well"}
        """;
}
