namespace Throughline.Cli.Redrive;

/// <summary>What <c>--json</c> prints.</summary>
internal sealed record RedriveDocument
{
    public int SchemaVersion { get; init; } = 1;

    public required string Topic { get; init; }

    public required string Group { get; init; }

    public required bool DryRun { get; init; }

    /// <summary><c>all_seen</c>, <c>letters_max</c> or <c>cancelled</c>.</summary>
    public required string End { get; init; }

    public required long Sent { get; init; }

    public required long PutBack { get; init; }

    public required long WithoutDestination { get; init; }

    public required IReadOnlyDictionary<string, long> SentByTopic { get; init; }

    /// <summary>The first ones; every one with <c>--all</c>.</summary>
    public required IReadOnlyList<LetterDocument> Letters { get; init; }
}
