using System.Text.Json;
using System.Text.Json.Nodes;

namespace Throughline.Server.Tests.Compat;

/// <summary>Brings answers into one form where servers are free to differ: the order of lists, and of properties.</summary>
internal static class JsonForm
{
    /// <summary>Lists sorted by their texts, properties by their names; those that are named are left out.</summary>
    public static string Of(string json, params string[] without)
    {
        var node = Sorted(JsonNode.Parse(json), without);
        return node?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";
    }

    private static JsonNode? Sorted(JsonNode? node, string[] without) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(item => Sorted(item, without)).OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal)]),
        JsonObject one => new JsonObject(one
            .Where(p => !without.Contains(p.Key))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value, without)))),
        null => null,
        _ => node.DeepClone(),
    };
}
