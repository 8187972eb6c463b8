namespace Throughline.Server.Internal.Query.Language;

/// <summary>What values a field has: decides which comparisons and values a query may use with it.</summary>
internal enum FieldType
{
    Text = 0,

    /// <summary>One of the field's own words.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A time with its unit.</summary>
    Duration,

    /// <summary>Hex digits of a trace id.</summary>
    TraceId,

    /// <summary>Hex digits of a span id.</summary>
    SpanId,

    /// <summary>An attribute's: nobody knows before.</summary>
    Any,
}
