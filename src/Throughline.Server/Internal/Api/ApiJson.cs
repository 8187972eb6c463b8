using System.Text.Json.Serialization;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api;

/// <summary>How answers are written; the schemas in OpenAPI are made from the same.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CompletionView))]
[JsonSerializable(typeof(NamesView))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(RecordView))]
[JsonSerializable(typeof(SearchView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(TraceView))]
internal sealed partial class ApiJson : JsonSerializerContext;
