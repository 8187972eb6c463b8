using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>What is compared with what.</summary>
internal sealed record ComparisonRequest
{
    public const int SampleDefault = 500;

    public required ComparedBy By { get; init; }

    /// <summary>What spans of both sides fulfil; null for all.</summary>
    public Condition? Where { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary>The second side's time, by <see cref="ComparedBy.Range"/>.</summary>
    public TimeRange Other { get; init; }

    /// <summary>By <see cref="ComparedBy.Attribute"/>.</summary>
    public Field Attribute { get; init; }

    /// <summary>Its value on the first side; null for the most frequent.</summary>
    public string? A { get; init; }

    /// <summary>Its value on the second side; null for the most frequent but the first side's.</summary>
    public string? B { get; init; }

    /// <summary>Compares the lag of process spans, else the duration.</summary>
    public bool IsLag { get; init; }

    /// <summary>From when on a span is slow, nanoseconds; null for what a tenth of the spans exceed.</summary>
    public double? OverNs { get; init; }

    /// <summary>Spans of each side at most.</summary>
    public int SampleMax { get; init; } = SampleDefault;

    /// <summary>Values in the answer at most.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>How long to look for each side's spans.</summary>
    public TimeSpan WorkMax { get; init; } = TimeSpan.FromSeconds(1);
}
