using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A span with all that it says. Ids are hex; durations are nanoseconds.</summary>
internal sealed record SpanView : SpanSummaryView
{
    private SpanView(StoredSpan span)
        : base(Of(span.Facts))
    {
        EndUnixNano = span.Facts.EndUnixNs.ToString(CultureInfo.InvariantCulture);
        StatusMessage = TextOf(OtlpSpan.StatusMessage(span.Body.Span));
        TraceState = TextOf(OtlpSpan.TraceState(span.Body.Span));
        ScopeName = span.Facts.Source.ScopeName;
        Attributes = new AttributesView(span.Body, OtlpTags.Span.Attributes);
        Resource = new AttributesView(span.Facts.Source.ResourceBytes, OtlpTags.Resource.Attributes);
        Events = new EventsView(span.Body);
        Links = new LinksView(span.Body);
    }

    public string EndUnixNano { get; }

    public string? StatusMessage { get; }

    public string? TraceState { get; }

    /// <summary>The instrumentation scope's name.</summary>
    public string ScopeName { get; }

    public AttributesView Attributes { get; }

    public AttributesView Resource { get; }

    public EventsView Events { get; }

    public LinksView Links { get; }

    public static SpanView Of(StoredSpan span) => new(span);

    private static string? TextOf(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}
