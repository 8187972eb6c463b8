namespace Throughline.Kafka;

/// <summary>What a send does with trace headers that are already on the message.</summary>
public enum ExistingContext
{
    /// <summary>They are replaced by the send's own context, so that a forwarded record never carries two.</summary>
    Replace,

    /// <summary>They stay: the send is a CLIENT span that links to them (the conventions' "Create" context).</summary>
    Link,
}
