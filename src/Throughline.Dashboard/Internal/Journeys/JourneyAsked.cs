using System.Globalization;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys;

/// <summary>Which journey an address asks for.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Of">Only the journey of this span of it: its origin, and what came of that. 0 for all of the trace.</param>
internal readonly record struct JourneyAsked(TraceId Trace, ulong Of)
{
    /// <summary>Reads <c>traceId</c> of the path and <c>of</c> of the query; null where the trace's id is none.</summary>
    public static JourneyAsked? Read(PageRequest request)
    {
        if (!TraceId.TryParse(request.InPath("traceId"), out var trace))
        {
            return null;
        }

        if (request.Text("of") is not { } text)
        {
            return new(trace, 0);
        }

        if (TryReadSpan(text, out var of))
        {
            return new(trace, of);
        }

        request.AddProblem($"of is '{text}': it takes a span's id of 16 hex digits; all of the trace is shown.");
        return new(trace, 0);
    }

    /// <summary>The same of an address that is not a page's.</summary>
    public static bool TryRead(string? traceId, string? of, out JourneyAsked asked)
    {
        ulong span = 0;
        var isRead = TraceId.TryParse(traceId, out var trace) && (string.IsNullOrEmpty(of) || TryReadSpan(of, out span));
        asked = new(trace, span);
        return isRead;
    }

    public static bool TryReadSpan(string? text, out ulong id)
    {
        id = 0;
        return text is { Length: 16 } && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) && id != 0;
    }

    public ValueTask<Journey?> ReadAsync(JourneyReader reader, CancellationToken cancellationToken) =>
        Of == 0 ? reader.OfTraceAsync(Trace, cancellationToken) : reader.OfSpanAsync(new SpanKey(Trace, Of), cancellationToken);
}
