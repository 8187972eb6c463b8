namespace Throughline.Cli.Redrive;

/// <summary>What the user asked to send back.</summary>
internal sealed record RedriveRequest
{
    /// <summary>Letters that are listed unless all are asked for.</summary>
    public const int ListedMax = 20;

    public required string BootstrapServers { get; init; }

    public required string Topic { get; init; }

    /// <summary>Null for where each letter failed.</summary>
    public string? To { get; init; }

    public string? OriginalTopic { get; init; }

    public string? Error { get; init; }

    /// <summary>Null for no bound.</summary>
    public long? Max { get; init; }

    /// <summary>Letters a second; null for no bound.</summary>
    public double? Rate { get; init; }

    /// <summary>Null for the library's default.</summary>
    public string? Group { get; init; }

    public bool DryRun { get; init; }

    /// <summary>List every letter.</summary>
    public bool All { get; init; }

    public bool Json { get; init; }

    /// <summary>Further settings of the Kafka client, such as those of a secured cluster.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ClientSettings { get; init; } = [];

    /// <summary>The longest that the brokers may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
