using System.Globalization;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>
/// Which groups a record is there for, beyond those that are seen to have processed it: groups that read its topic around
/// the journey's time, by the ledger; and how far they have committed, by the brokers that are watched.
/// </summary>
internal sealed class UnreadGroups(IAnswers answers, Journey journey, long nowUnixNs, CancellationToken cancellationToken)
{
    private const long NsPerHour = 3_600_000_000_000;

    // Each is a question of its own; a journey through more topics than these tells of the first.
    private const int TopicsMax = 20;

    private readonly Dictionary<string, IReadOnlyList<string>> _groups = new(StringComparer.Ordinal);

    // Where something was left out, it may be just the processing that seems to be missing.
    private readonly bool _isWhole = journey.Omissions.All(static omission =>
        omission.Kind is OmissionKind.Beside or OmissionKind.RecordLookups);

    public IEnumerable<Reader> Of(SpanFacts send, IReadOnlySet<string> read)
    {
        if (!_isWhole || GroupsOf(send.Messaging!.Topic!) is not { } groups)
        {
            yield break;
        }

        foreach (var group in groups)
        {
            if (!read.Contains(group))
            {
                yield return new Reader(group, Sentence(group, send.Messaging!));
            }
        }

        if (groups.Count == 0 && read.Count == 0)
        {
            yield return new Reader(null, $"No group is known that reads {send.Messaging!.Topic}.");
        }
    }

    private IReadOnlyList<string>? GroupsOf(string topic)
    {
        if (_groups.TryGetValue(topic, out var known))
        {
            return known;
        }

        if (_groups.Count >= TopicsMax)
        {
            return null;
        }

        var range = new TimeRange(
            Math.Max(0, journey.StartUnixNs - NsPerHour), Math.Max(journey.StartUnixNs + 1, Math.Min(nowUnixNs, journey.EndUnixNs + NsPerHour)));
        var groups = answers.Ledger(new AnswerFilter(range, Topic: topic), cancellationToken).Rows
            .Select(static row => row.Group)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        _groups.Add(topic, groups);
        return groups;
    }

    private string Sentence(string group, MessagingFacts record)
    {
        var seen = $"Nobody in group {group} has been seen to process it";
        if (record.Offset < 0 || Committed(group, record) is not { } committed)
        {
            return seen + ".";
        }

        return committed > record.Offset
            ? string.Create(CultureInfo.InvariantCulture, $"{seen}; the group has committed offset {committed}, which is past it: it was processed without a span, or skipped.")
            : string.Create(CultureInfo.InvariantCulture, $"{seen}; the group has committed offset {committed}: {record.Offset - committed} records before it are still to be read, and it.");
    }

    private long? Committed(string group, MessagingFacts record)
    {
        foreach (var cluster in answers.Clusters)
        {
            if (cluster.View is { } view && (record.ClusterId is null || record.ClusterId == view.ClusterId)
                && view.Groups.FirstOrDefault(one => one.Name == group) is { } state
                && state.Committed.TryGetValue(new(record.Topic!, record.Partition), out var committed))
            {
                return committed;
            }
        }

        return null;
    }
}
