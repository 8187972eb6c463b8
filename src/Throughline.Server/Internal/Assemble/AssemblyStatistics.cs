namespace Throughline.Server.Internal.Assemble;

/// <summary>What assembly holds and has done since the start, for /metrics and the health page.</summary>
internal sealed class AssemblyStatistics
{
    public int LiveTraces { get; set; }

    public int LiveSpans { get; set; }

    public int OpenEnds { get; set; }

    public int SendsRemembered { get; set; }

    public long TracesSettled { get; set; }

    /// <summary>Of these, before their time because of a bound.</summary>
    public long TracesSettledEarly { get; set; }

    public long SpansSettled { get; set; }

    /// <summary>Spans that came twice.</summary>
    public long Duplicates { get; set; }

    public long HopsByLink { get; set; }

    public long HopsByParent { get; set; }

    public long HopsByIdentity { get; set; }

    /// <summary>Hops whose producer is not instrumented: told from the record's own timestamp.</summary>
    public long HopsWithoutSend { get; set; }

    public long Ambiguous { get; set; }

    public long Orphans { get; set; }

    /// <summary>Orphans and sends that were waited for less than they should have been, because of a bound.</summary>
    public long DecidedEarly { get; set; }

    /// <summary>Times that the store was asked.</summary>
    public long StoreLookups { get; set; }
}
