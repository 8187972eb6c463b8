using System.Diagnostics;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>A span's status, from the activity or else from the tags that older instrumentation sets in its place.</summary>
internal readonly record struct SpanStatus(ActivityStatusCode Code, string? Description)
{
    private const string CodeTag = "otel.status_code";
    private const string DescriptionTag = "otel.status_description";

    public static SpanStatus Of(Activity span)
    {
        if (span.Status != ActivityStatusCode.Unset)
        {
            return new(span.Status, span.StatusDescription);
        }

        return (span.GetTagItem(CodeTag) as string)?.ToUpperInvariant() switch
        {
            "OK" => new(ActivityStatusCode.Ok, null),
            "ERROR" => new(ActivityStatusCode.Error, span.GetTagItem(DescriptionTag) as string),
            _ => default,
        };
    }

    /// <summary>Whether a tag says the status, and is therefore not sent as an attribute.</summary>
    public static bool IsTag(string name) => name is CodeTag or DescriptionTag;
}
