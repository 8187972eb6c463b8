using System.Globalization;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Dashboard.Internal.Latency;

/// <summary>What a row of latencies is about: its name, where more of it is shown, and the query of its slowest.</summary>
/// <param name="Text">For people.</param>
/// <param name="Conditions">What its process spans fulfil.</param>
internal sealed record RowName(string Text, IReadOnlyList<Condition> Conditions)
{
    private const string Arrow = " → ";

    public static RowName Of(LatencyRow row)
    {
        if (row.Path is { } path)
        {
            var steps = path.Split(Arrow);
            return new RowName(path, steps.Length < 2 ? [] :
            [
                TagConditions.Text(WellKnownField.Topic, steps[^2]), TagConditions.Text(WellKnownField.Service, steps[^1]),
            ]);
        }

        if (row.Topic is not { } topic)
        {
            return new RowName("all", []);
        }

        var conditions = new List<Condition> { TagConditions.Text(WellKnownField.Topic, topic) };
        if (row.Group is { Length: > 0 } group)
        {
            // A consumer that tells no group has its service's name in parentheses for one.
            conditions.Add(group is ['(', .. var service, ')']
                ? TagConditions.Text(WellKnownField.Service, service)
                : TagConditions.Text(WellKnownField.Group, group));
        }

        if (row.Partition is >= 0)
        {
            conditions.Add(TagConditions.Number(WellKnownField.Partition, Comparison.Equal, row.Partition.Value));
        }

        var name = row.Partition is { } partition
            ? string.Create(CultureInfo.InvariantCulture, $"{topic}[{(partition < 0 ? "?" : partition)}]")
            : topic;
        return new RowName(row.Group is null ? name : $"{name}{Arrow}{row.Group}", conditions);
    }

    /// <summary>The slowest twentieth, by waiting or by processing.</summary>
    public string? SlowestQuery(LatencyRow row)
    {
        var slow = new List<Condition>();
        if (row.Lag is { P95: > 0 } lag)
        {
            slow.Add(TagConditions.Duration(WellKnownField.Lag, Comparison.Greater, Shortened(lag.P95)));
        }

        if (row.Processing is { P95: > 0 } processing)
        {
            slow.Add(TagConditions.Duration(WellKnownField.Duration, Comparison.Greater, Shortened(processing.P95)));
        }

        return Conditions.Count == 0 || slow.Count == 0
            ? null
            : QueryPrinter.Print(new Condition.And(
            [
                .. Conditions, TagConditions.Text(WellKnownField.Operation, "process"), slow.Count == 1 ? slow[0] : new Condition.Or(slow),
            ]));
    }

    /// <summary>The same screen about this row alone.</summary>
    public static string? Link(PageRequest request, LatencyRow row) => row switch
    {
        { Path: not null } => null,
        { Partition: not null } => request.Latency(row.Topic, row.Group, row.Cluster, "partition"),
        { Topic: not null } => request.Latency(row.Topic, row.Group, row.Cluster),
        _ => null,
    };

    /// <summary>Two digits, so that a query can be read.</summary>
    private static long Shortened(double nanoseconds)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(nanoseconds)) - 1));
        return (long)(Math.Floor(nanoseconds / unit) * unit);
    }
}
