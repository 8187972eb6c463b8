namespace Throughline.Dashboard.Internal.Health;

/// <summary>How full something bounded is.</summary>
/// <param name="Used">So much of it.</param>
/// <param name="Max">There may be so much.</param>
/// <param name="Words">Writes either.</param>
/// <param name="Setting">The limit's flag.</param>
/// <param name="AtLimit">What happens there.</param>
internal sealed record Fill(string Name, double Used, double Max, Func<double?, string> Words, string Setting, string AtLimit)
{
    // From here on the meter warns; what is kept until it is full is not in danger by being full.
    private const double WarnFrom = 0.8;

    /// <summary>Being full is its usual state: the oldest makes room.</summary>
    public bool IsUsuallyFull { get; init; }

    public double Share => Max > 0 ? Used / Max : 0;

    public string? Tone => IsUsuallyFull ? null : Share >= 1 ? "bad" : Share >= WarnFrom ? "warn" : null;
}
