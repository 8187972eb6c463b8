namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>A group that a record is there for, and that has not been seen to process it.</summary>
/// <param name="Group">Null where no group is known that reads the topic.</param>
/// <param name="Sentence">What is known, with its evidence.</param>
internal sealed record Reader(string? Group, string Sentence);
