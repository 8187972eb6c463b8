namespace Throughline.Kafka;

/// <summary>How a process span refers to the creation context in the record's headers.</summary>
/// <remarks>Semantic conventions 1.44, messaging spans, "Consumer spans"; why the default is what it is: RATIONALE.md.</remarks>
public enum ProcessCorrelation
{
    /// <summary>Child of the creation context, and a link to it: one trace, and the link that the conventions ask for.</summary>
    ParentAndLink,

    /// <summary>Child of the creation context, without a link.</summary>
    Parent,

    /// <summary>A trace of its own that links to the creation context.</summary>
    Link,
}
