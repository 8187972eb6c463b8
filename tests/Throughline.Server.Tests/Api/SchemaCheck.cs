using System.Text.Json;

namespace Throughline.Server.Tests.Api;

/// <summary>Whether an answer is what its JSON schema says: types, required and known properties.</summary>
internal static class SchemaCheck
{
    public static void Fits(JsonElement value, JsonElement schema, JsonElement document, string where)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Fits(value, Resolve(reference.GetString()!, document), document, where);
            return;
        }

        if (schema.TryGetProperty("type", out var type))
        {
            var allowed = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).ToList() : [type.GetString()];
            Assert.True(allowed.Contains(TypeOf(value)) || (allowed.Contains("number") && TypeOf(value) == "integer"), $"{where} is {TypeOf(value)}, described as {type}");
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
            {
                Fits(item, items, document, $"{where}[{index}]");
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in value.EnumerateObject())
            {
                Assert.True(properties.TryGetProperty(property.Name, out var inner), $"{where}.{property.Name} is not described");
                Fits(property.Value, inner, document, $"{where}.{property.Name}");
            }
        }
    }

    private static JsonElement Resolve(string reference, JsonElement document) =>
        reference[2..].Split('/').Aggregate(document, (element, name) => element.GetProperty(name));

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Null => "null",
        _ => "object",
    };
}
