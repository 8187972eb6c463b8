using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api.OpenApi;

/// <summary>The schemas of answers, made from what writes them.</summary>
internal static class OpenApiSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => OwnOf(context.TypeInfo.Type) ?? node,
    };

    /// <summary>The type's name, without what says that it is one of this project's views.</summary>
    public static string NameOf(JsonTypeInfo type) => type.Type.Name.Replace("View", "", StringComparison.Ordinal);

    public static JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Options);

    /// <summary>Of what is written straight from OTLP's messages.</summary>
    private static JsonObject? OwnOf(Type type)
    {
        if (type == typeof(AttributesView))
        {
            return Attributes();
        }

        if (type == typeof(EventsView))
        {
            return List(("name", Text()), ("time", Text()), ("timeUnixNano", Text()), ("attributes", Attributes()));
        }

        return type == typeof(LinksView)
            ? List(("traceId", Text()), ("spanId", Text()), ("attributes", Attributes()))
            : null;
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Attributes() => new() { ["type"] = "object", ["additionalProperties"] = true };

    private static JsonObject List(params ReadOnlySpan<(string Name, JsonObject Schema)> properties)
    {
        var all = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, schema) in properties)
        {
            all[name] = schema;
            required.Add(name);
        }

        return new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "object", ["properties"] = all, ["required"] = required },
        };
    }
}
