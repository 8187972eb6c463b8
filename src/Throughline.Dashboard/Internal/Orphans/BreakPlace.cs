namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>Where on a record's way its trace breaks.</summary>
internal enum BreakPlace
{
    /// <summary>There is no span of the send.</summary>
    Producer = 0,

    /// <summary>The context on the record is missing or wrong.</summary>
    Record,

    /// <summary>The context is on the record and is not read.</summary>
    Consumer,

    /// <summary>Both spans are there, at times that do not fit.</summary>
    Clock,
}
