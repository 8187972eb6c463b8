using System.Text.Json;
using System.Text.Json.Nodes;
using Throughline.Server.Internal.Api.Endpoints;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api.OpenApi;

/// <summary>Describes the API in OpenAPI 3.1, from its table of routes and the types of its answers.</summary>
internal static class OpenApiDocument
{
    private const string SchemasPath = "#/components/schemas/";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static byte[] Write(IReadOnlyList<ApiRoute> routes)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var route in routes)
        {
            paths[ApiRoutes.Prefix + route.Path] = new JsonObject { ["get"] = Operation(route) };
            schemas[OpenApiSchemas.NameOf(route.Answer)] ??= OpenApiSchemas.Of(route.Answer);
        }

        schemas[OpenApiSchemas.NameOf(ApiJson.Of<ProblemView>())] = OpenApiSchemas.Of(ApiJson.Of<ProblemView>());
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Throughline",
                ["version"] = StatusEndpoint.Version,
                ["description"] = "Where time, errors and records went. Ids are hex; durations are nanoseconds; "
                                  + "times are RFC 3339 beside Unix nanoseconds, the latter as strings.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["readKey"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Indented);
    }

    private static JsonObject Operation(ApiRoute route) => new()
    {
        ["operationId"] = route.Id,
        ["summary"] = route.Summary,
        ["parameters"] = new JsonArray([.. route.Parameters.Select(Parameter)]),
        ["responses"] = new JsonObject
        {
            ["200"] = Response("The answer.", "application/json", OpenApiSchemas.NameOf(route.Answer)),
            ["4XX"] = Problem("The request is refused: what is at fault, and what is allowed."),
            ["5XX"] = Problem("There are too many queries at once, or this one took too long."),
        },
    };

    private static JsonObject Problem(string description) =>
        Response(description, ApiProblem.ContentType, OpenApiSchemas.NameOf(ApiJson.Of<ProblemView>()));

    private static JsonObject Response(string description, string contentType, string schema) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            [contentType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = SchemasPath + schema } },
        },
    };

    private static JsonObject Parameter(ApiParameter parameter)
    {
        var schema = SchemaOf(parameter);
        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.IsInPath ? "path" : "query",
            ["required"] = parameter.IsRequired,
            ["description"] = $"{parameter.About} Allowed is {parameter.Allowed}.",
            ["schema"] = parameter.Repeats ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema,
        };
    }

    private static JsonObject SchemaOf(ApiParameter parameter)
    {
        if (parameter.Type == ParameterType.Word)
        {
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. parameter.Words.Select(w => JsonValue.Create(w))]) };
        }

        if (parameter.Type != ParameterType.Integer)
        {
            return new JsonObject { ["type"] = "string" };
        }

        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = parameter.Min };
        if (parameter.Max < long.MaxValue)
        {
            schema["maximum"] = parameter.Max;
        }

        if (parameter.Default is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }
}
