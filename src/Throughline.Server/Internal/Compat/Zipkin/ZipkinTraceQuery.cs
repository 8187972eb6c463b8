using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Query.Traces;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Zipkin;

/// <summary>
/// A search as Zipkin's parameters say it. Unlike elsewhere, not one span has to be all of it: the spans of the service
/// have to be it together.
/// </summary>
internal sealed class ZipkinTraceQuery
{
    private const int LimitDefault = 10;
    private const int LimitMax = 1_000;
    private const int AnnotationsMax = 100;
    private const long NsPerUs = 1_000;
    private const long NsPerMs = 1_000_000;
    private static readonly TimeSpan LookbackDefault = TimeSpan.FromDays(1);

    private readonly string? _service;
    private readonly string? _remoteService;
    private readonly string? _name;
    private readonly List<KeyValuePair<string, string>> _annotations;
    private readonly long? _minDurationNs;
    private readonly long? _maxDurationNs;

    /// <exception cref="ApiException">A parameter is wrong.</exception>
    public ZipkinTraceQuery(Arguments arguments, TimeProvider time)
    {
        _service = arguments.Text("serviceName");
        _remoteService = arguments.Text("remoteServiceName");
        _name = arguments.Text("spanName") is { } name && !name.Equals("all", StringComparison.OrdinalIgnoreCase) ? name : null;
        _annotations = Annotations(arguments.Text("annotationQuery"));
        _minDurationNs = arguments.Number("minDuration", long.MaxValue / NsPerUs) * NsPerUs;
        _maxDurationNs = arguments.Number("maxDuration", long.MaxValue / NsPerUs) * NsPerUs;
        Limit = arguments.Limit("limit", LimitDefault, LimitMax);
        Range = RangeOf(arguments, time);
        if (_minDurationNs is null && _maxDurationNs is not null)
        {
            throw Arguments.Refused("maxDuration is only valid with minDuration");
        }

        if (_maxDurationNs < _minDurationNs)
        {
            throw Arguments.Refused("maxDuration < minDuration");
        }
    }

    public int Limit { get; }

    public TimeRange Range { get; }

    /// <summary>From <c>endTs</c> back to <c>lookback</c> before it.</summary>
    public static TimeRange RangeOf(Arguments arguments, TimeProvider time)
    {
        var end = arguments.Number("endTs", long.MaxValue / NsPerMs) * NsPerMs ?? UnixTime.Of(time.GetUtcNow());
        var lookback = arguments.Number("lookback", long.MaxValue / NsPerMs) * NsPerMs
                       ?? (long)LookbackDefault.TotalMilliseconds * NsPerMs;
        return new TimeRange(Math.Max(0, end - lookback), end + 1);
    }

    /// <summary>What one span of such a trace is: as much of the query as an index serves. Null where nothing is.</summary>
    /// <param name="spans">Knows how names are spelt.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public Condition? Seed(SpanReader spans, CancellationToken cancellationToken)
    {
        var all = new List<Condition>();
        if (_service is not null)
        {
            all.Add(Spelt(WellKnownField.Service, _service, spans, cancellationToken));
        }

        if (_name is not null)
        {
            all.Add(Spelt(WellKnownField.Name, _name, spans, cancellationToken));
        }
        else if (_annotations.Find(a => a.Value.Length > 0 && a.Key != "error") is { Key: not null } tag)
        {
            all.Add(TagConditions.Of(tag.Key, tag.Value));
        }
        else if (_annotations.Exists(a => a.Key == "error"))
        {
            all.Add(TagConditions.Exists("error"));
        }
        else if (_minDurationNs is { } min)
        {
            all.Add(TagConditions.Duration(WellKnownField.Duration, Comparison.GreaterOrEqual, min));
        }

        return TagConditions.All(all);
    }

    /// <summary>Whether the spans of the service are it together.</summary>
    public bool IsWanted(FoundTrace trace)
    {
        var spans = trace.Spans.Where(s => _service is null || Is(s.Facts.Source.Service, _service)).ToList();
        return Range.Contains(trace.Root.StartUnixNs)
               && spans.Count > 0
               && (_name is null || spans.Exists(s => Is(s.Facts.Name, _name)))
               && (_remoteService is null || spans.Exists(s => Is(ZipkinPeer.Remote(s)?.Service, _remoteService)))
               && (_minDurationNs is null || spans.Exists(s => s.Facts.DurationNs >= _minDurationNs && !(s.Facts.DurationNs > _maxDurationNs)))
               && _annotations.TrueForAll(a => spans.Exists(s => Has(s, a)));
    }

    private static bool Is(string? name, string wanted) => wanted.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool Has(StoredSpan span, KeyValuePair<string, string> wanted) =>
        ZipkinSpanWriter.Tags(span).Any(t => t.Key == wanted.Key && (wanted.Value.Length == 0 || t.Value == wanted.Value))
        || (wanted.Value.Length == 0 && ZipkinSpanWriter.Annotations(span).Any(a => a.Value == wanted.Key));

    private static Condition Spelt(WellKnownField field, string value, SpanReader spans, CancellationToken cancellationToken)
    {
        var spellings = spans.Spellings(field, value, cancellationToken);
        return spellings.Count > 1
            ? new Condition.Or([.. spellings.Select(s => TagConditions.Text(field, s))])
            : TagConditions.Text(field, spellings.Count == 1 ? spellings[0] : value);
    }

    /// <summary><c>http.method=GET and error</c>: tags with their values, or tags and annotations by their name alone.</summary>
    private static List<KeyValuePair<string, string>> Annotations(string? query)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in (query ?? "").Split(" and ", AnnotationsMax, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = one.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                all.TryAdd(one, "");
            }
            else
            {
                all[one[..equals].Trim()] = one[(equals + 1)..].Trim();
            }
        }

        return [.. all.Where(a => a.Key.Length > 0)];
    }
}
