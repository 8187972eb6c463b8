using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What somebody put into the search box.</summary>
internal abstract record BoxReading
{
    private BoxReading()
    {
    }

    /// <summary>Nothing: every span.</summary>
    internal sealed record Everything : BoxReading;

    /// <summary>A trace's id, alone or in a header.</summary>
    /// <param name="Id">The trace.</param>
    /// <param name="SpanId">The span that a header names; 0 for an id alone.</param>
    internal sealed record Trace(TraceId Id, ulong SpanId) : BoxReading;

    /// <summary>Where a record is.</summary>
    internal sealed record Record(string Topic, int Partition, long Offset) : BoxReading;

    /// <summary>The query language.</summary>
    internal sealed record Query(Condition Where) : BoxReading;

    /// <summary>Plain words that are no query: a key, most likely.</summary>
    internal sealed record Words(string Text) : BoxReading;

    /// <summary>Meant as a query, and none.</summary>
    internal sealed record Refused(QueryException Error) : BoxReading;
}
