namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>The names that OTLP's protobuf gives the numbers of its enums.</summary>
internal static class OtlpEnumNames
{
    public static IReadOnlyList<string> SpanKinds { get; } =
    [
        "SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER",
        "SPAN_KIND_CONSUMER",
    ];

    public static IReadOnlyList<string> StatusCodes { get; } = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

    public static IReadOnlyList<string> Temporalities { get; } =
    [
        "AGGREGATION_TEMPORALITY_UNSPECIFIED", "AGGREGATION_TEMPORALITY_DELTA", "AGGREGATION_TEMPORALITY_CUMULATIVE",
    ];

    public static IReadOnlyList<string> Severities { get; } =
    [
        "SEVERITY_NUMBER_UNSPECIFIED",
        .. from level in (string[])["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]
           from step in (string[])["", "2", "3", "4"]
           select $"SEVERITY_NUMBER_{level}{step}",
    ];
}
