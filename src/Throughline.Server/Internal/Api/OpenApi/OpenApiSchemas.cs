using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Api.OpenApi;

/// <summary>The schemas of answers, made from what writes them.</summary>
internal static class OpenApiSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => OwnOf(context.TypeInfo.Type) ?? node,
    };

    /// <summary>The type's name, without what says that it is one of this project's views or rows: a list is many of them.</summary>
    public static string NameOf(JsonTypeInfo type)
    {
        if (type.Type.GenericTypeArguments is not [var of])
        {
            return Short(type.Type.Name);
        }

        return type.Type.GetGenericTypeDefinition() == typeof(Answer<>) ? Short(of.Name) + "Answer" : Short(of.Name) + "List";
    }

    public static JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Options);

    private static string Short(string name) =>
        name.Replace("View", "", StringComparison.Ordinal).Replace("Row", "", StringComparison.Ordinal);

    /// <summary>Of what has a converter of its own.</summary>
    private static JsonObject? OwnOf(Type type)
    {
        if (type == typeof(TimeRange))
        {
            return Object(("from", Text()), ("to", Text()), ("fromUnixNano", Text()), ("toUnixNano", Text()));
        }

        if (type == typeof(SpanKey) || type == typeof(SpanKey?))
        {
            return Object(("traceId", Text()), ("spanId", Text()));
        }

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

    private static JsonObject List(params ReadOnlySpan<(string Name, JsonObject Schema)> properties) =>
        new() { ["type"] = "array", ["items"] = Object(properties) };

    private static JsonObject Object(params ReadOnlySpan<(string Name, JsonObject Schema)> properties)
    {
        var all = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, schema) in properties)
        {
            all[name] = schema;
            required.Add(name);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = all, ["required"] = required };
    }
}
