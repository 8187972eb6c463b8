namespace Throughline.Cli.Demo.Orders;

/// <summary>What went wrong on purpose, by the orders' ids: what the server has to find without being told.</summary>
internal sealed record ShopTruth
{
    /// <summary>Saved, and never announced: its event is larger than the producer may send.</summary>
    public required string? Lost { get; init; }

    /// <summary>An express order whose card check waited for the cardholder.</summary>
    public required string? Slowest { get; init; }

    /// <summary>Billing's retry topic had them, and then they were charged.</summary>
    public required IReadOnlyList<string> Retried { get; init; }

    /// <summary>Billing cannot charge them; the last one had been in the retry topic before.</summary>
    public required IReadOnlyList<string> DeadLettered { get; init; }

    /// <summary>The customer who orders far more than anybody.</summary>
    public required string HotKey { get; init; }

    /// <summary>The consumer group that breaks traces.</summary>
    public required string OrphaningGroup { get; init; }
}
