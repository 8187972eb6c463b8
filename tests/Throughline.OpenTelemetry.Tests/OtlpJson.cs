using System.Text.Json;

namespace Throughline.OpenTelemetry.Tests;

/// <summary>Finds one's way in OTLP's JSON.</summary>
internal static class OtlpJson
{
    public static IEnumerable<JsonElement> Spans(this JsonElement request) =>
        from resource in request.GetProperty("resourceSpans").EnumerateArray()
        from scope in resource.GetProperty("scopeSpans").EnumerateArray()
        from span in scope.GetProperty("spans").EnumerateArray()
        select span;

    public static JsonElement Span(this JsonElement request, string name) =>
        request.Spans().Single(span => span.GetProperty("name").GetString() == name);

    /// <summary>Each attribute with its value as the JSON has it, such as <c>{"intValue":"1"}</c>; plain text for strings.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(this JsonElement owner) =>
        owner.GetProperty("attributes").EnumerateArray().ToDictionary(
            attribute => attribute.GetProperty("key").GetString()!,
            attribute => attribute.GetProperty("value") is var value && value.TryGetProperty("stringValue", out var text)
                ? text.GetString()!
                : value.GetRawText());
}
