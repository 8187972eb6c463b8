using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>
/// Tells what the search box was given, in this order: 1. a trace id, a traceparent or b3 header; 2. a record's place; 3. a
/// query; 4. plain words. Each as logs, tools and Kafka's own messages write it: people paste.
/// </summary>
internal static partial class BoxReader
{
    /// <summary>Longer texts are queries: ids and places are short.</summary>
    private const int PlaceLengthMax = 400;

    private static readonly SearchValues<char> SignsOfQueries = SearchValues.Create("=<>!~()`\"'&|");

    public static BoxReading Read(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            return new BoxReading.Everything();
        }

        if (trimmed.Length <= PlaceLengthMax && ((BoxReading?)TraceOf(trimmed) ?? RecordOf(trimmed)) is { } place)
        {
            return place;
        }

        try
        {
            return QueryParser.Parse(text!) is { } where ? new BoxReading.Query(where) : new BoxReading.Everything();
        }
        catch (QueryException e)
        {
            return trimmed.Length <= PlaceLengthMax && trimmed.AsSpan().IndexOfAny(SignsOfQueries) < 0 && !trimmed.Any(char.IsControl)
                ? new BoxReading.Words(trimmed)
                : new BoxReading.Refused(e);
        }
    }

    private static BoxReading.Trace? TraceOf(string text)
    {
        var match = TracePattern().Match(text);
        if (!match.Success || !TraceId.TryParse(match.Groups["trace"].ValueSpan, out var id))
        {
            return null;
        }

        _ = ulong.TryParse(match.Groups["span"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var span);
        return new BoxReading.Trace(id, span);
    }

    private static BoxReading.Record? RecordOf(string text)
    {
        var match = RecordPattern().Match(text);
        return match.Success
            && int.TryParse(match.Groups["partition"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(match.Groups["offset"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new BoxReading.Record(match.Groups["topic"].Value, partition, offset)
            : null;
    }

    // traceId=…, "trace_id": "…", traceparent: 00-…-…-01, b3: …-…-1, and the bare values.
    [GeneratedRegex(
        """^["']?((trace[-_. ]?id|traceparent|b3)["']?\s*[:=]\s*["']?)?([0-9a-f]{2}-)?((?<trace>[0-9a-f]{32})(-(?<span>[0-9a-f]{16})(-[0-9a-z-]*)?)?|(?<trace>[0-9a-f]{16}))["']?,?$""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex TracePattern();

    // orders/3/4711, orders[3]@4711, orders-3@4711, orders/3@4711, orders [3] at offset 4711
    [GeneratedRegex(
        """^(?<topic>[^\s\[\]@"'=<>()`]+?)(/(?<partition>[0-9]+)/|\s?\[(?<partition>[0-9]+)\]\s?(@|at offset)\s?|[-/](?<partition>[0-9]+)@)(?<offset>[0-9]+)$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex RecordPattern();
}
