using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Analyze.Compare;
using Throughline.Server.Internal.Api.Json;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api;

/// <summary>How answers are written; the schemas in OpenAPI are made from the same.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Answer<ErrorRow>), TypeInfoPropertyName = "ErrorAnswer")]
[JsonSerializable(typeof(Answer<FailureRow>), TypeInfoPropertyName = "FailureAnswer")]
[JsonSerializable(typeof(Answer<FlowRow>), TypeInfoPropertyName = "FlowAnswer")]
[JsonSerializable(typeof(Answer<LagRow>), TypeInfoPropertyName = "LagAnswer")]
[JsonSerializable(typeof(Answer<LatencyRow>), TypeInfoPropertyName = "LatencyAnswer")]
[JsonSerializable(typeof(Answer<LedgerRow>), TypeInfoPropertyName = "LedgerAnswer")]
[JsonSerializable(typeof(Answer<OrphanView>), TypeInfoPropertyName = "OrphanAnswer")]
[JsonSerializable(typeof(Answer<OverheadRow>), TypeInfoPropertyName = "OverheadAnswer")]
[JsonSerializable(typeof(Answer<PairingRow>), TypeInfoPropertyName = "PairingAnswer")]
[JsonSerializable(typeof(Answer<SkewRow>), TypeInfoPropertyName = "SkewAnswer")]
[JsonSerializable(typeof(Answer<SlowHop>), TypeInfoPropertyName = "SlowHopAnswer")]
[JsonSerializable(typeof(Answer<TopicRateRow>), TypeInfoPropertyName = "TopicRateAnswer")]
[JsonSerializable(typeof(CompletionView))]
[JsonSerializable(typeof(IReadOnlyList<ClusterStateView>))]
[JsonSerializable(typeof(IReadOnlyList<Example>))]
[JsonSerializable(typeof(JourneyView))]
[JsonSerializable(typeof(NamesView))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(RecordView))]
[JsonSerializable(typeof(SearchView))]
[JsonSerializable(typeof(SpanComparison))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(Topology))]
[JsonSerializable(typeof(TraceView))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>One way of writing for all answers, whoever made them: words in camel case, what is null left out.</summary>
    private static readonly JsonSerializerOptions Written = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // For programs and for people at a terminal: nobody puts it into HTML as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new TimeRangeConverter(), new SpanKeyConverter(),
        },
        TypeInfoResolver = new ApiJson().WithAddedModifier(UnixNanoseconds.AsText),
    };

    public static JsonTypeInfo Of<T>() => Written.GetTypeInfo(typeof(T));
}
