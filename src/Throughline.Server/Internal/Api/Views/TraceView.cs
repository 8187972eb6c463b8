namespace Throughline.Server.Internal.Api.Views;

/// <summary>A trace.</summary>
/// <param name="TraceId">Its id.</param>
/// <param name="Services">Who takes part, in the order of their first spans.</param>
/// <param name="Start">The earliest span's.</param>
/// <param name="DurationNano">To the latest end.</param>
/// <param name="Spans">By their start.</param>
/// <param name="Logs">By their time.</param>
/// <param name="LinkedFrom">Spans of other traces that link to spans of this one: who consumed what it sent.</param>
/// <param name="IsSettled">False while spans of it may still be on their way through the server.</param>
/// <param name="IsCutShort">There are more spans than one answer has.</param>
internal sealed record TraceView(
    string TraceId,
    IReadOnlyList<string> Services,
    string Start,
    long DurationNano,
    IReadOnlyList<SpanView> Spans,
    IReadOnlyList<LogView> Logs,
    IReadOnlyList<SpanSummaryView> LinkedFrom,
    bool IsSettled,
    bool IsCutShort);
