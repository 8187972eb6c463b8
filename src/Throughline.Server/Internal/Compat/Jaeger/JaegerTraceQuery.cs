using System.Text.Json;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>A search as Jaeger's parameters say it. One span of a trace has to be all of it.</summary>
/// <param name="Where">What that span is.</param>
/// <param name="Range">When it starts.</param>
/// <param name="Limit">Traces at most.</param>
internal sealed record JaegerTraceQuery(Condition? Where, TimeRange Range, int Limit)
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_500;
    private const long NsPerUs = 1000;
    private static readonly TimeSpan Lookback = TimeSpan.FromDays(2);

    /// <exception cref="ApiException">A parameter is missing or wrong.</exception>
    public static JaegerTraceQuery Read(Arguments arguments, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var to = arguments.Number("end", long.MaxValue / NsPerUs) * NsPerUs ?? UnixTime.Of(now);
        var from = arguments.Number("start", long.MaxValue / NsPerUs) * NsPerUs ?? UnixTime.Of(now - Lookback);
        var conditions = Conditions(
            arguments.Text("service") ?? throw Arguments.Refused("parameter 'service' is required"),
            arguments.Text("operation"),
            arguments.Duration("minDuration"),
            arguments.Duration("maxDuration"));
        conditions.AddRange(arguments.Texts("tag").Select(Pair));
        conditions.AddRange(arguments.Texts("tags").SelectMany(t => Map("tags", t)));
        return new JaegerTraceQuery(
            TagConditions.All(conditions), new TimeRange(from, to + 1), arguments.Limit("limit", LimitDefault, LimitMax));
    }

    /// <exception cref="ApiException">A parameter is missing or wrong.</exception>
    public static JaegerTraceQuery ReadV3(Arguments arguments)
    {
        var min = arguments.Text("query.startTimeMin", "query.start_time_min");
        var max = arguments.Text("query.startTimeMax", "query.start_time_max");
        if (min is null || max is null)
        {
            throw Arguments.Refused("query.start_time_min and query.start_time_max are required");
        }

        var conditions = Conditions(
            arguments.Text("query.serviceName", "query.service_name"),
            arguments.Text("query.operationName", "query.operation_name"),
            arguments.Duration("query.durationMin", "query.duration_min"),
            arguments.Duration("query.durationMax", "query.duration_max"));
        conditions.AddRange(arguments.Texts("query.attributes").SelectMany(t => Map("query.attributes", t)));
        var limit = arguments.Text("query.searchDepth") is not null ? "query.searchDepth"
            : arguments.Text("query.search_depth") is not null ? "query.search_depth"
            : "query.num_traces";
        return new JaegerTraceQuery(
            TagConditions.All(conditions),
            new TimeRange(Time("query.start_time_min", min), Time("query.start_time_max", max) + 1),
            arguments.Limit(limit, LimitDefault, LimitMax));
    }

    private static List<Condition> Conditions(string? service, string? operation, long? minDuration, long? maxDuration)
    {
        if (minDuration > maxDuration)
        {
            throw Arguments.Refused("'maxDuration' should be greater than 'minDuration'");
        }

        var all = new List<Condition>();
        if (service is not null)
        {
            all.Add(TagConditions.Text(WellKnownField.Service, service));
        }

        if (operation is not null)
        {
            all.Add(TagConditions.Text(WellKnownField.Name, operation));
        }

        if (minDuration is { } min)
        {
            all.Add(TagConditions.Duration(WellKnownField.Duration, Comparison.GreaterOrEqual, min));
        }

        if (maxDuration is { } max)
        {
            all.Add(TagConditions.Duration(WellKnownField.Duration, Comparison.LessOrEqual, max));
        }

        return all;
    }

    private static Condition Pair(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? TagConditions.Of(text[..colon], text[(colon + 1)..])
            : throw Arguments.Refused($"malformed 'tag' parameter, expecting key:value, received: {text}");
    }

    private static List<Condition> Map(string name, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateObject().Select(p => TagConditions.Of(p.Name, p.Value.ToString()))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Arguments.Refused($"malformed '{name}' parameter, cannot unmarshal JSON: {e.Message}", e);
        }
    }

    private static long Time(string name, string text) =>
        UnixTime.TryParse(text, out var unixNs)
            ? unixNs
            : throw Arguments.Refused($"malformed parameter {name}: \"{text}\" is no RFC 3339 time");
}
