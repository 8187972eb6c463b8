using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>What stands out, in a sentence.</summary>
internal static class SkewWords
{
    // What is twice of hardly anything is still hardly anything.
    private const double NsMin = 50e6;

    /// <summary>Whether somebody would do something about it.</summary>
    public static bool Matters(SkewRow row) => row.Signal switch
    {
        SkewSignal.LagRecords => row.Value >= 1,
        SkewSignal.LagTime or SkewSignal.Processing => row.Value >= NsMin,
        _ => true,
    };

    public static string Sentence(SkewRow row)
    {
        var times = double.IsFinite(row.Ratio) ? $"{Words.Number(row.Ratio)} times" : "all";
        return row.Signal switch
        {
            SkewSignal.Rate => double.IsFinite(row.Ratio)
                ? $"Partition {row.Partition} of {row.Topic} gets {times} the records of the others: {Words.Count(row.Value)}, where they have {Words.Count(row.Typical)} each"
                : $"Partition {row.Partition} of {row.Topic} gets all records",
            SkewSignal.LagTime => $"Records wait {Words.Duration(row.Value)} in partition {row.Partition} of {row.Topic} for {row.Group}, {Words.Duration(row.Typical)} in others (95th percentile)",
            SkewSignal.LagRecords => $"{row.Group} is {Words.Many(row.Value, "record")} behind in partition {row.Partition} of {row.Topic}, {Words.Count(row.Typical)} in others",
            SkewSignal.Processing => $"{row.Group} takes {Words.Duration(row.Value)} for a record of partition {row.Partition} of {row.Topic}, {Words.Duration(row.Typical)} for others (95th percentile)",
            _ => $"Key {row.Key} is {Words.Percent(row.Value)} of the records of {row.Topic}: more than one partition's share",
        };
    }
}
