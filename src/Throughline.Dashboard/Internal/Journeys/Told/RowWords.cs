using System.Globalization;
using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>What rows are called.</summary>
internal static class RowWords
{
    /// <summary><c>orders[3]@4711</c>; without what is not known.</summary>
    public static string Place(string topic, int partition, long offset = -1) => (partition, offset) switch
    {
        ( < 0, _) => topic,
        (_, < 0) => string.Create(CultureInfo.InvariantCulture, $"{topic}[{partition}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{topic}[{partition}]@{offset}"),
    };

    public static string Label(JourneyRow row) => row.Kind switch
    {
        RowKind.InTopic => $"{Place(row.Topic, row.Partition, row.Offset)} · {Waited(row.Hop!)}",
        RowKind.Unread when row.Group is null => $"{Place(row.Topic, row.Partition, row.Offset)} · no group is known to read it",
        RowKind.Unread => $"{Place(row.Topic, row.Partition, row.Offset)} · nobody in group {row.Group} has processed it",
        RowKind.Alike => $"{Words.Count(row.Children!.Count)} × {AlikeName(row)}",
        _ => row.Facts.Name,
    };

    /// <summary>Its name in an address: a span's id, with a letter before it where the row is none.</summary>
    public static string Key(JourneyRow row)
    {
        var id = SpanSummaryView.Hex(row.Facts.SpanId);
        return row.Kind switch
        {
            RowKind.InTopic => "t" + id,
            RowKind.Unread => "u" + id,
            RowKind.Alike => "a" + id,
            _ => id,
        };
    }

    public static string Waited(Hop hop) => (hop.Timing.Skew, WaitNs(hop)) switch
    {
        ({ } skew, _) => $"clocks differ by {Words.Duration(skew)} or more",
        (_, { } wait) => $"waited {Words.Duration(wait)}",
        _ => "wait unknown",
    };

    /// <summary>Lag, as the analyses count it; null where clocks disagree, or nobody tells.</summary>
    public static long? WaitNs(Hop hop) => hop.Timing.Lag;

    /// <summary>What the wait is measured from.</summary>
    public static string Basis(LagBasis basis) => basis switch
    {
        LagBasis.CreateTime => "the record's timestamp, set by its sender (CreateTime)",
        LagBasis.LogAppendTime => "the record's timestamp, set by its broker (LogAppendTime)",
        _ => "the end of the producer's span: the record's timestamp is not told",
    };

    public static string Evidence(HopEvidence evidence) => evidence switch
    {
        HopEvidence.Link => "the processing links to the send",
        HopEvidence.Parent => "the processing is the send's child",
        _ => "both name the same topic, partition and offset",
    };

    private static string AlikeName(JourneyRow row) =>
        row.Children![0].Kind == RowKind.Span ? row.Facts.Name : $"{row.Topic}, group {row.Group}";
}
