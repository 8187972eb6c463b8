namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// What a Span message says, for whoever wants more of it than <see cref="Spans.SpanFacts"/> has: nothing is kept, each call
/// reads the message. Messages that came through <see cref="OtlpDecoder"/> are well-formed.
/// </summary>
internal static class OtlpSpan
{
    public static OtlpAttributes Attributes(ReadOnlySpan<byte> body) => new(body, OtlpTags.Span.Attributes);

    public static OtlpEvents Events(ReadOnlySpan<byte> body) => new(body);

    public static OtlpLinks Links(ReadOnlySpan<byte> body) => new(body);

    /// <summary>UTF-8.</summary>
    public static ReadOnlySpan<byte> TraceState(ReadOnlySpan<byte> body) => Field(body, OtlpTags.Span.TraceState);

    /// <summary>The status' description, UTF-8.</summary>
    public static ReadOnlySpan<byte> StatusMessage(ReadOnlySpan<byte> body) =>
        Field(Field(body, OtlpTags.Span.Status), OtlpTags.Status.Message);

    /// <summary>Attributes of a Resource message: <see cref="Spans.SpanSource.ResourceBytes"/>.</summary>
    public static OtlpAttributes ResourceAttributes(ReadOnlySpan<byte> resource) => new(resource, OtlpTags.Resource.Attributes);

    /// <summary>Attributes of an InstrumentationScope message: <see cref="Spans.SpanSource.ScopeBytes"/>.</summary>
    public static OtlpAttributes ScopeAttributes(ReadOnlySpan<byte> scope) => new(scope, OtlpTags.Scope.Attributes);

    /// <summary>Attributes of a LogRecord message.</summary>
    public static OtlpAttributes LogAttributes(ReadOnlySpan<byte> log) => new(log, OtlpTags.Log.Attributes);

    /// <summary>The last field of this tag; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, uint tag)
    {
        var reader = new ProtoReader(message);
        ReadOnlySpan<byte> found = default;
        while (reader.Next())
        {
            if (reader.Tag == tag)
            {
                found = reader.Bytes;
            }
        }

        return found;
    }
}
