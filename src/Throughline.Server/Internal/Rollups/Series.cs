namespace Throughline.Server.Internal.Rollups;

/// <summary>One thing that is counted or measured over time.</summary>
/// <param name="Id">Never used for another one.</param>
/// <param name="Family">What it belongs to.</param>
/// <param name="Measure">What is counted or measured.</param>
/// <param name="Detail">Of which part of the family: a partition, a service, an error… as the measure says.</param>
internal sealed record Series(int Id, Family Family, Measure Measure, string Detail)
{
    /// <summary>The detail of what no series of its own can be had for.</summary>
    public const string Other = "other";

    /// <summary>Between the parts of a detail.</summary>
    public const char Separator = '\u001f';

    // One series is one object: what it is called needs no comparing.
    public bool Equals(Series? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Id;
}
