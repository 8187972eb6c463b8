namespace Throughline.Cli.Redrive;

/// <summary>A letter in <c>--json</c>.</summary>
internal sealed record LetterDocument
{
    public required int Partition { get; init; }

    public required long Offset { get; init; }

    /// <summary><c>send</c>, <c>put_back</c> or <c>put_back_without_destination</c>.</summary>
    public required string Decision { get; init; }

    public required string Destination { get; init; }

    public string? OriginalTopic { get; init; }

    public int? OriginalPartition { get; init; }

    public long? OriginalOffset { get; init; }

    public string? Group { get; init; }

    public required int Attempts { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    public string? FailureType { get; init; }

    public string? FailureMessage { get; init; }

    public string? TraceId { get; init; }
}
