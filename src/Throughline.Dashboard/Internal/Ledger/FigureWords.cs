using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>How a figure of the ledger is written: what it is counted from, and how it relates to the truth.</summary>
internal static class FigureWords
{
    /// <summary>Before the number.</summary>
    public static string Sign(Certainty certainty) => certainty switch
    {
        Certainty.UpperBound => "≤ ",
        Certainty.LowerBound => "≥ ",
        Certainty.Estimate => "~ ",
        _ => "",
    };

    /// <summary>At the beginning of a sentence with the number.</summary>
    public static string Before(Certainty certainty) => certainty switch
    {
        Certainty.UpperBound => "Up to ",
        Certainty.LowerBound => "At least ",
        Certainty.Estimate => "About ",
        _ => "",
    };

    public static string Of(Certainty certainty) => certainty switch
    {
        Certainty.Exact => "exact",
        Certainty.UpperBound => "this or less",
        Certainty.LowerBound => "this or more",
        Certainty.Estimate => "about this",
        _ => "not known",
    };

    /// <summary>Beside the number: one letter.</summary>
    public static string Mark(LedgerBasis basis) => basis switch
    {
        LedgerBasis.Metrics => "m",
        LedgerBasis.Broker => "b",
        LedgerBasis.Spans => "s",
        LedgerBasis.MetricsAndSpans => "m+s",
        LedgerBasis.Several => "±",
        _ => "",
    };

    public static string Of(LedgerBasis basis) => basis switch
    {
        LedgerBasis.Metrics => "clients' metrics",
        LedgerBasis.Broker => "brokers' offsets",
        LedgerBasis.Spans => "spans",
        LedgerBasis.MetricsAndSpans => "metrics of some services and spans of the others",
        LedgerBasis.Several => "several sources",
        _ => "nothing",
    };
}
