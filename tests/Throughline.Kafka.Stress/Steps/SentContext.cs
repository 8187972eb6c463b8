using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>Whose context a record carries that was sent from a place.</summary>
internal static class SentContext
{
    public static void Check(Story story, Place place, Headers? headers)
    {
        var sent = Text(headers, "traceparent");
        if (place.Activity is { } here && sent?[3..35] != here.TraceId.ToHexString())
        {
            story.Fail($"a record sent in trace {here.TraceId} carries {sent ?? "none"}");
        }
        else if (sent is not null && !story.Witness.TryOwn(ActivityTraceId.CreateFromString(sent.AsSpan(3, 32)), story))
        {
            story.Fail($"a record carries another story's trace: {sent}");
        }

        var baggage = Text(headers, "baggage")?.Split(',').Order(StringComparer.Ordinal).ToArray() ?? [];
        string[] expected =
        [
            .. place.Extra is null ? Array.Empty<string>() : [$"extra={place.Extra}"],
            .. place.Baggage is null ? Array.Empty<string>() : [$"story={place.Baggage}"],
        ];
        if (!baggage.SequenceEqual(expected))
        {
            story.Fail($"a record carries baggage {string.Join(',', baggage)}, not {string.Join(',', expected)}");
        }
    }

    private static string? Text(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var value) ? Encoding.ASCII.GetString(value) : null;
}
