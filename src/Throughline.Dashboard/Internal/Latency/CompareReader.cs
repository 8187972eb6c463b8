using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze.Compare;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Dashboard.Internal.Latency;

/// <summary>
/// Compares what the address says: <c>compare=slow</c> (with <c>over</c>), <c>compare=range</c> (with <c>otherFrom</c> and
/// <c>otherTo</c>), or <c>compare=</c> an attribute (with <c>a</c> and <c>b</c>); <c>of=lag</c> for lags.
/// </summary>
internal sealed class CompareReader(PageRequest request)
{
    private const int ValuesMax = 30;

    /// <summary>For each side: the page shows what it could look at.</summary>
    private static readonly TimeSpan WorkMax = TimeSpan.FromMilliseconds(100);

    public ComparisonShown Read()
    {
        var compare = request.Text("compare")!;
        var where = Where();
        var asked = new ComparisonRequest
        {
            By = compare switch { "slow" => ComparedBy.Slow, "range" => ComparedBy.Range, _ => ComparedBy.Attribute },
            Where = where,
            Range = request.Range.Time,
            Other = compare == "range" ? Other() : default,
            Attribute = FieldReader.Named(compare),
            A = request.Text("a"),
            B = request.Text("b"),
            IsLag = request.Word("of", "duration", "lag") == "lag",
            OverNs = Over(),
            Limit = ValuesMax,
            WorkMax = WorkMax,
        };
        return new ComparisonShown(asked, new SpanComparer(request.Server.Api.Store).Compare(asked, request.Aborted), QueryPrinter.Print(where));
    }

    /// <summary>The page's filter, and a query where there is one; else what processes records.</summary>
    private Condition? Where()
    {
        var all = new List<Condition>();
        foreach (var (name, field) in (ReadOnlySpan<(string, WellKnownField)>)
                 [("topic", WellKnownField.Topic), ("group", WellKnownField.Group), ("service", WellKnownField.Service)])
        {
            if (request.Text(name) is { } value)
            {
                all.Add(TagConditions.Text(field, value));
            }
        }

        try
        {
            all.AddRange(request.Text("q") is not { } query ? [TagConditions.Text(WellKnownField.Operation, "process")]
                : QueryParser.Parse(query) switch
                {
                    null => [],
                    Condition.And and => and.All,
                    var other => [other],
                });
        }
        catch (QueryException e)
        {
            request.AddProblem($"q, column {e.Column}: {e.Message}. It is left out.");
        }

        return TagConditions.All(all);
    }

    /// <summary>As long a time before this one, where the address names none.</summary>
    private TimeRange Other()
    {
        var time = request.Range.Time;
        var otherwise = new TimeRange(Math.Max(0, (2 * time.FromUnixNs) - time.ToUnixNs), time.FromUnixNs);
        var from = Time("otherFrom") ?? otherwise.FromUnixNs;
        var to = Time("otherTo") ?? (from >= otherwise.ToUnixNs ? request.NowUnixNs : otherwise.ToUnixNs);
        if (from < to)
        {
            return new TimeRange(from, to);
        }

        request.AddProblem("otherFrom is not before otherTo: the time before is compared.");
        return otherwise;
    }

    private long? Time(string name)
    {
        if (request.Text(name) is not { } text)
        {
            return null;
        }

        if (PageRange.TryRead(text, request.NowUnixNs, out var unixNs))
        {
            return unixNs;
        }

        request.AddProblem($"{name} is '{text}': it takes a time such as 2026-05-04T10:00:00Z, Unix nanoseconds, -15m or now.");
        return null;
    }

    private double? Over()
    {
        if (request.Text("over") is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var nanoseconds) && nanoseconds >= 0 && nanoseconds < long.MaxValue)
        {
            return nanoseconds;
        }

        request.AddProblem($"over is '{text}': it takes a time such as 500ms; what a tenth exceeds is taken.");
        return null;
    }
}
