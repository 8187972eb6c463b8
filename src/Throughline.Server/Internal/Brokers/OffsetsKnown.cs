namespace Throughline.Server.Internal.Brokers;

/// <summary>A topic's or group's offsets as they were when they were asked for last.</summary>
internal sealed class OffsetsKnown
{
    /// <summary>Of the topic then: another one's offsets begin anew.</summary>
    public required string TopicId { get; init; }

    public long AskedUnixNs { get; set; }

    /// <summary>When this topic was first asked for.</summary>
    public long SinceUnixNs { get; set; }

    /// <summary>Of a group: it had no members, and has some at other times.</summary>
    public bool WasDeserted { get; set; }

    public Dictionary<int, SlotKnown> Slots { get; init; } = [];
}
