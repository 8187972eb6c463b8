using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Sampling;

/// <summary>What is known of a trace that the reader asks for.</summary>
/// <param name="Text">As it was asked for.</param>
/// <param name="Spans">How many of it are here; 0 for none.</param>
/// <param name="StandsFor">For how many traces its first span stands.</param>
/// <param name="IsSettled">All that came is stored.</param>
internal sealed record TraceKept(string Text, int Spans, double StandsFor, bool IsSettled)
{
    private const int IdLength = 32;

    /// <summary>Null where none is asked for, or what was asked for is no trace id, which the page is told.</summary>
    public static async Task<TraceKept?> ReadAsync(PageRequest request)
    {
        if (request.Text("trace")?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        // A traceparent has the id as its second part.
        var id = text.Split('-') is [_, { Length: IdLength } second, ..] ? second : text;
        if (!TraceId.TryParse(id, out var parsed))
        {
            request.AddProblem($"trace is '{text}': a trace id has up to 32 hex digits, not all of them 0.");
            return null;
        }

        var trace = await request.Server.Api.Traces.ReadAsync(parsed, request.Aborted).ConfigureAwait(false);
        return trace is null
            ? new TraceKept(parsed.ToString(), 0, 1, true)
            : new TraceKept(parsed.ToString(), trace.Spans.Count, trace.Spans[0].Facts.Weight, trace.IsSettled);
    }
}
