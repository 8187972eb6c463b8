namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>
/// What is to be seen on a row. The numbers go to the browser: <c>js/journey/flags.js</c> has the same; there the first two
/// bits are the row's <see cref="RowKind"/>.
/// </summary>
[Flags]
internal enum RowFlags : uint
{
    None = 0,
    Error = 1 << 2,
    Orphan = 1 << 3,
    ClockSkew = 1 << 4,
    Critical = 1 << 5,

    /// <summary>Encloses a processing, as a poll does; not part of the journey itself.</summary>
    Surrounding = 1 << 6,

    /// <summary>Not settled: more may come.</summary>
    Live = 1 << 7,

    /// <summary>Its record goes to a retry topic.</summary>
    SentToRetry = 1 << 8,

    /// <summary>Its record goes to a dead-letter topic.</summary>
    DeadLettered = 1 << 9,
    Batch = 1 << 10,

    /// <summary>Comes out of a retry topic.</summary>
    Retry = 1 << 11,

    /// <summary>Stands for more spans than itself: sampling kept one of so many.</summary>
    Weighted = 1 << 12,
    HasLogs = 1 << 13,

    /// <summary>Links to what is not in this journey.</summary>
    LinksElsewhere = 1 << 14,

    /// <summary>Its children are not shown until somebody asks.</summary>
    Folded = 1 << 15,
    Send = 1 << 16,
    Process = 1 << 17,
    Producer = 1 << 18,
    Consumer = 1 << 19,
    Server = 1 << 20,
    Client = 1 << 21,
}
