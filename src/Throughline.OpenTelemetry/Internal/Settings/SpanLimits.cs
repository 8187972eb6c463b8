namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>How much of a span is exported; the rest is counted in the span's dropped counts.</summary>
internal sealed record SpanLimits(
    int AttributeLengthMax,
    int AttributeCountMax,
    int EventCountMax,
    int LinkCountMax,
    int EventAttributeCountMax,
    int LinkAttributeCountMax)
{
    private const int CountMaxDefault = 128;

    public static readonly SpanLimits Default = new(
        int.MaxValue, CountMaxDefault, CountMaxDefault, CountMaxDefault, CountMaxDefault, CountMaxDefault);
}
