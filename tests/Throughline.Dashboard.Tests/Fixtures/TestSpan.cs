using System.Text.Json.Nodes;

namespace Throughline.Dashboard.Tests.Fixtures;

/// <summary>A span as a test says it; sent as OTLP JSON, the way any client would.</summary>
/// <param name="Service">Its <c>service.name</c>.</param>
/// <param name="Name">The span's name.</param>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="SpanId">16 hex digits.</param>
public sealed record TestSpan(string Service, string Name, string TraceId, string SpanId)
{
    public const int Internal = 1;
    public const int Server = 2;
    public const int Producer = 4;
    public const int Consumer = 5;

    private const int ErrorStatus = 2;

    public string? ParentId { get; init; }

    public int Kind { get; init; } = Internal;

    public DateTimeOffset Start { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Null for no error.</summary>
    public string? Error { get; init; }

    /// <summary>Null for none.</summary>
    public string? TraceState { get; init; }

    /// <summary>Text, whole numbers and truths.</summary>
    public IReadOnlyDictionary<string, object> Attributes { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public IReadOnlyList<(string TraceId, string SpanId)> Links { get; init; } = [];

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["traceId"] = TraceId,
            ["spanId"] = SpanId,
            ["name"] = Name,
            ["kind"] = Kind,
            ["startTimeUnixNano"] = Nanoseconds(Start),
            ["endTimeUnixNano"] = Nanoseconds(Start + Duration),
            ["attributes"] = new JsonArray([.. Attributes.Select(Pair), .. Error is null ? [] : new[] { Pair(new("error.type", Error)) }]),
            ["links"] = new JsonArray([.. Links.Select(link => new JsonObject { ["traceId"] = link.TraceId, ["spanId"] = link.SpanId })]),
        };
        if (ParentId is not null)
        {
            json["parentSpanId"] = ParentId;
        }

        if (TraceState is not null)
        {
            json["traceState"] = TraceState;
        }

        if (Error is not null)
        {
            json["status"] = new JsonObject { ["code"] = ErrorStatus, ["message"] = Error };
        }

        return json;
    }

    public static JsonObject Pair(KeyValuePair<string, object> attribute) => new()
    {
        ["key"] = attribute.Key,
        ["value"] = attribute.Value switch
        {
            string text => new JsonObject { ["stringValue"] = text },
            bool truth => new JsonObject { ["boolValue"] = truth },
            _ => new JsonObject { ["intValue"] = Convert.ToInt64(attribute.Value, System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture) },
        },
    };

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
