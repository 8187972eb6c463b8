using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>Which span.</summary>
internal sealed record SpanKeyView(string TraceId, string SpanId)
{
    public static SpanKeyView Of(SpanKey key) => new(key.TraceId.ToString(), SpanSummaryView.Hex(key.SpanId));
}
