using System.Globalization;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Query.TraceQl;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>A search as Tempo's parameters say it, in the address or in the body that guides show.</summary>
/// <param name="Where">What one span of the trace is.</param>
/// <param name="IsTraceQl">Whether the query was TraceQL: then the answer has the spans that matched.</param>
/// <param name="Range">When that span starts.</param>
/// <param name="MinDurationNs">Of the whole trace, or null.</param>
/// <param name="MaxDurationNs">Of the whole trace, or null.</param>
/// <param name="Limit">Traces at most.</param>
/// <param name="SpansPerSpanSet">Matched spans that are told of each trace.</param>
internal sealed record TempoSearchRequest(
    Condition? Where, bool IsTraceQl, TimeRange Range, long? MinDurationNs, long? MaxDurationNs, int Limit, int SpansPerSpanSet)
{
    private const int LimitDefault = 20;
    private const int LimitMax = 1_000;
    private const int SpansPerSpanSetDefault = 3;
    private const int SpansPerSpanSetMax = 100;

    private static readonly string[] Known =
        ["q", "tags", "minDuration", "maxDuration", "limit", "spss", "start", "end"];

    /// <param name="parameters">Texts by name.</param>
    /// <param name="tags">Tags that were given as a map, or null: then <c>tags</c> is logfmt.</param>
    /// <exception cref="ApiException">A parameter is wrong; a query says where.</exception>
    public static TempoSearchRequest Read(
        IReadOnlyDictionary<string, string> parameters, IReadOnlyList<KeyValuePair<string, string>>? tags)
    {
        string? Text(string name) => parameters.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

        var query = Text("q");
        if (query is not null && (Text("tags") is not null || tags is not null))
        {
            throw Arguments.Refused("invalid request: can't specify tags and q in the same query");
        }

        var minDuration = Duration("minDuration", Text("minDuration"));
        var maxDuration = Duration("maxDuration", Text("maxDuration"));
        if (minDuration > maxDuration)
        {
            throw Arguments.Refused("invalid maxDuration: must be greater than minDuration");
        }

        var where = query is not null
            ? TraceQl(query)
            : TagConditions.All([.. (tags ?? Logfmt(Text("tags")) ?? Loose(parameters)).Select(Tag)]);
        return new TempoSearchRequest(
            where,
            query is not null,
            RangeOf(Text("start"), Text("end")),
            minDuration,
            maxDuration,
            Positive("limit", Text("limit"), LimitDefault, LimitMax),
            Positive("spss", Text("spss"), SpansPerSpanSetDefault, SpansPerSpanSetMax));
    }

    /// <summary>Unix seconds, both or neither.</summary>
    /// <exception cref="ApiException">They are none.</exception>
    public static TimeRange RangeOf(string? start, string? end)
    {
        var from = Seconds("start", start);
        var to = Seconds("end", end);
        if (from == 0 && to == 0)
        {
            return TimeRange.All;
        }

        return to > from
            ? new TimeRange(from * TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond, to * TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond)
            : throw Arguments.Refused($"http parameter start must be before end. received start={from} end={to}");
    }

    private static Condition? TraceQl(string query)
    {
        try
        {
            return TraceQlParser.Parse(query);
        }
        catch (QueryException e)
        {
            throw Arguments.Refused(
                string.Create(CultureInfo.InvariantCulture, $"invalid TraceQL query: parse error at line {e.Line}, col {e.Column}: {e.Message}"), e);
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>>? Logfmt(string? tags)
    {
        try
        {
            return tags is null ? null : LogfmtTags.Parse(tags);
        }
        catch (QueryException e)
        {
            throw Arguments.Refused(
                string.Create(CultureInfo.InvariantCulture, $"invalid tags: {e.Message} at pos {e.Column}"), e);
        }
    }

    /// <summary>Tags as parameters of their own, which old clients send: as Tempo has it, only where nothing else is asked.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Loose(IReadOnlyDictionary<string, string> parameters) =>
        parameters.ContainsKey("start") || parameters.ContainsKey("end")
            ? []
            : [.. parameters.Where(p => !Known.Contains(p.Key, StringComparer.Ordinal) && p.Value.Length > 0)];

    private static Condition Tag(KeyValuePair<string, string> tag) =>
        tag.Value.Length == 0 ? TagConditions.Exists(tag.Key) : TagConditions.Of(tag.Key, tag.Value);

    private static long? Duration(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DurationText.TryParse(text, out var nanoseconds) && nanoseconds is >= 0 and < long.MaxValue
            ? (long)nanoseconds
            : throw Arguments.Refused($"invalid {name}: time: invalid duration \"{text}\"");
    }

    private static int Positive(string name, string? text, int whenMissing, int max)
    {
        if (text is null)
        {
            return whenMissing;
        }

        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Arguments.Refused($"invalid {name}: \"{text}\" is no whole number");
        }

        return number > 0 ? (int)Math.Min(number, (uint)max) : throw Arguments.Refused($"invalid {name}: must be a positive number");
    }

    private static long Seconds(string name, string? text)
    {
        if (text is null)
        {
            return 0;
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw Arguments.Refused($"invalid {name}: \"{text}\" is no time in Unix seconds");
    }
}
