namespace Throughline.Kafka.Internal;

/// <summary><c>OTEL_SEMCONV_STABILITY_OPT_IN</c>, a comma list: <c>messaging/dup</c> asks for the old attribute names too.</summary>
internal static class ConventionsOptIn
{
    internal const string Variable = "OTEL_SEMCONV_STABILITY_OPT_IN";

    internal static bool WantsV124 => Includes(Environment.GetEnvironmentVariable(Variable), "messaging/dup");

    internal static bool Includes(string? list, string wanted) => list is not null
        && list.Split(',', StringSplitOptions.TrimEntries).Contains(wanted, StringComparer.OrdinalIgnoreCase);
}
