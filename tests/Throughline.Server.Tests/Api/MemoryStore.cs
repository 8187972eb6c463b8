using System.Globalization;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Tests.Api;

/// <summary>A store in memory, which looks at every span: slow, and so simple that what it answers is plain.</summary>
internal sealed class MemoryStore : ISpanStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredSpan> _spans = [];
    private readonly List<StoredLog> _logs = [];

    public StoreStatistics Statistics => new(_spans.Count, _logs.Count, 0, 1, 0, _spans.Count == 0 ? null : _spans.Min(s => s.Facts.StartUnixNs));

    public void Append(SpanFacts span, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            _spans.Add(new StoredSpan(span, body.ToArray()));
        }
    }

    public void Append(LogFacts log, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            _logs.Add(new StoredLog(log, body.ToArray()));
        }
    }

    public StoreMark Flush(bool everything) => new("", []);

    public void Recover(string? mark)
    {
    }

    public void Retain(DateTimeOffset now)
    {
    }

    public bool MayContain(TraceId trace) => Where(s => s.TraceId == trace).Any();

    public IReadOnlyList<StoredSpan> Trace(TraceId trace, int limit, CancellationToken cancellationToken) =>
        [.. Where(s => s.TraceId == trace).Take(limit)];

    public IReadOnlyList<StoredLog> Logs(TraceId trace, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return [.. _logs.Where(l => l.Facts.TraceId == trace).Take(limit)];
        }
    }

    public IReadOnlyList<StoredSpan> LinkedTo(TraceId trace, int limit, CancellationToken cancellationToken) =>
        [.. Where(s => s.Links.Any(l => l.Key.TraceId == trace)).Take(limit)];

    public IReadOnlyList<StoredSpan> Record(
        string topic, int partition, long offset, int limit, CancellationToken cancellationToken) =>
        [.. Where(s => s.Messaging is { } m && m.Topic == topic && m.Partition == partition && m.Offset == offset).Take(limit)];

    public SearchPage Search(SearchRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var skip = request.Cursor is null ? 0 : int.Parse(request.Cursor, NumberStyles.None, CultureInfo.InvariantCulture);
        List<StoredSpan> found;
        lock (_lock)
        {
            found = [.. _spans
                .Where(s => request.Range.Contains(s.Facts.StartUnixNs) && (request.Where is null || Fulfils(s, request.Where)))
                .OrderByDescending(s => s.Facts.StartUnixNs)];
        }

        var page = found.Skip(skip).Take(request.Limit).ToList();
        var next = skip + page.Count;
        return new SearchPage(page, next < found.Count ? next.ToString(CultureInfo.InvariantCulture) : null, false, _spans.Count);
    }

    public IReadOnlyList<string> AttributeNames(TimeRange range, int limit, CancellationToken cancellationToken) =>
        [.. Where(_ => true).SelectMany(s => Attributes(s, AttributeScope.Any).Select(a => a.Name)).Distinct().Order().Take(limit)];

    public IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken) =>
        [.. Where(_ => true).SelectMany(s => ValuesOf(s, field)).GroupBy(v => v).OrderByDescending(v => v.Count())
            .Select(v => v.Key).Take(limit)];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<StoredSpan> Where(Func<SpanFacts, bool> isWanted)
    {
        lock (_lock)
        {
            return [.. _spans.Where(s => isWanted(s.Facts))];
        }
    }

    private static bool Fulfils(StoredSpan span, Condition condition) => condition switch
    {
        Condition.And each => each.All.All(c => Fulfils(span, c)),
        Condition.Or either => either.Any.Any(c => Fulfils(span, c)),
        Condition.Not opposite => !Fulfils(span, opposite.Inner),
        Condition.Compare compare => Fulfils(ValuesOf(span, compare.Field).FirstOrDefault(), compare),
        _ => false,
    };

    private static bool Fulfils(string? value, Condition.Compare compare) => compare.Comparison switch
    {
        Comparison.Exists => value is not null,
        Comparison.Equal => value is not null && IsEqual(value, compare.Value),
        Comparison.NotEqual => value is null || !IsEqual(value, compare.Value),
        Comparison.Matches => value is not null && QueryPattern.Whole(compare.Value.Text).IsMatch(value),
        Comparison.NotMatches => value is null || !QueryPattern.Whole(compare.Value.Text).IsMatch(value),
        _ => Number(value) is { } number && compare.Value.Number is { } other && compare.Comparison switch
        {
            Comparison.Less => number < other,
            Comparison.LessOrEqual => number <= other,
            Comparison.Greater => number > other,
            _ => number >= other,
        },
    };

    private static bool IsEqual(string value, QueryValue wanted) =>
        value == wanted.Text || (wanted.Number is { } number && Number(value) == number);

    private static double? Number(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> ValuesOf(StoredSpan span, Field field)
    {
        var facts = span.Facts;
        var value = field.Known switch
        {
            WellKnownField.TraceId => facts.TraceId.ToString(),
            WellKnownField.SpanId => $"{facts.SpanId:x16}",
            WellKnownField.Name => facts.Name,
            WellKnownField.Service => facts.Source.Service,
            WellKnownField.Kind => facts.Kind.ToString().ToLowerInvariant(),
            WellKnownField.Status => facts.Status.ToString().ToLowerInvariant(),
            WellKnownField.Duration => $"{facts.DurationNs}",
            WellKnownField.Operation => facts.Messaging?.Operation.ToString().ToLowerInvariant(),
            WellKnownField.Topic => facts.Messaging?.Topic,
            WellKnownField.Partition => facts.Messaging?.Partition is >= 0 and var partition ? $"{partition}" : null,
            WellKnownField.Offset => facts.Messaging?.Offset is >= 0 and var offset ? $"{offset}" : null,
            WellKnownField.Group => facts.Messaging?.Group,
            WellKnownField.Key => facts.Messaging?.Key,
            WellKnownField.ErrorType => facts.ErrorType,
            WellKnownField.Lag => facts.Messaging is { Operation: MessagingOperation.Process, RecordTimestampUnixMs: >= 0 } m
                ? $"{facts.StartUnixNs - (m.RecordTimestampUnixMs * 1_000_000)}"
                : null,
            _ => Attributes(span, field.Scope).FirstOrDefault(a => a.Name == field.Attribute).Value,
        };
        return value is null ? [] : [value];
    }

    private static List<(string Name, string? Value)> Attributes(StoredSpan span, AttributeScope scope)
    {
        var all = new List<(string, string?)>();
        if (scope != AttributeScope.Resource)
        {
            foreach (var attribute in OtlpSpan.Attributes(span.Body.Span))
            {
                all.Add((System.Text.Encoding.UTF8.GetString(attribute.Key), attribute.Value.ToText()));
            }
        }

        if (scope != AttributeScope.Span)
        {
            foreach (var attribute in OtlpSpan.ResourceAttributes(span.Facts.Source.ResourceBytes.Span))
            {
                all.Add((System.Text.Encoding.UTF8.GetString(attribute.Key), attribute.Value.ToText()));
            }
        }

        return all;
    }
}
