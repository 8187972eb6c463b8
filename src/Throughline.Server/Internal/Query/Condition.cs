namespace Throughline.Server.Internal.Query;

/// <summary>
/// What a span must fulfil. Every query language that the server reads (its own, TraceQL, logfmt tags, Jaeger's and
/// Zipkin's parameters) becomes one of these, so that the store knows one.
/// </summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>One field. A field that the span does not have fulfils only <see cref="Comparison.NotEqual"/> and
    /// <see cref="Comparison.NotMatches"/>.</summary>
    internal sealed record Compare(Field Field, Comparison Comparison, QueryValue Value) : Condition;

    /// <summary>All of two or more.</summary>
    internal sealed record And(IReadOnlyList<Condition> All) : Condition
    {
        public bool Equals(And? other) => other is not null && All.SequenceEqual(other.All);

        public override int GetHashCode() => All.Aggregate(1, HashCode.Combine);
    }

    /// <summary>Any of two or more.</summary>
    internal sealed record Or(IReadOnlyList<Condition> Any) : Condition
    {
        public bool Equals(Or? other) => other is not null && Any.SequenceEqual(other.Any);

        public override int GetHashCode() => Any.Aggregate(2, HashCode.Combine);
    }

    internal sealed record Not(Condition Inner) : Condition;
}
