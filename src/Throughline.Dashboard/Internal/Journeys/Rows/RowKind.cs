namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>What a row of a journey shows. The numbers go to the browser.</summary>
internal enum RowKind : byte
{
    Span = 0,

    /// <summary>A record's time in its topic, in one group: between the send and the processing.</summary>
    InTopic = 1,

    /// <summary>A record that nobody in a group has been seen to process.</summary>
    Unread = 2,

    /// <summary>Siblings that are alike, folded into one.</summary>
    Alike = 3,
}
