using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>All that a span says by name: fields of the query language, its attributes, its resource's.</summary>
internal static class SpanValues
{
    /// <summary>Longer values are told of one span, not of many.</summary>
    private const int LengthMax = 200;

    /// <summary>Each name and value once.</summary>
    public static IReadOnlyCollection<(Field Field, string Value)> Of(StoredSpan span)
    {
        var values = new HashSet<(Field, string)>();
        AddFields(values, span.Facts);
        AddAttributes(values, OtlpSpan.Attributes(span.Body.Span), AttributeScope.Any);
        AddAttributes(values, OtlpSpan.ResourceAttributes(span.Facts.Source.ResourceBytes.Span), AttributeScope.Resource);
        return values;
    }

    private static void AddFields(HashSet<(Field Field, string Value)> values, SpanFacts span)
    {
        Add(WellKnownField.Service, span.Source.Service);
        Add(WellKnownField.Name, span.Name);
        Add(WellKnownField.Kind, FieldWords.Of(span.Kind));
        Add(WellKnownField.Status, FieldWords.Of(span.Status));
        Add(WellKnownField.ErrorType, span.ErrorType);
        if (span.Messaging is { } messaging)
        {
            Add(WellKnownField.Topic, messaging.Topic);
            Add(WellKnownField.Group, messaging.Group);
            Add(WellKnownField.Key, messaging.Key);
            Add(WellKnownField.Operation, messaging.Operation == MessagingOperation.None ? null : FieldWords.Of(messaging.Operation));
            Add(WellKnownField.Partition, messaging.Partition < 0 ? null : messaging.Partition.ToString(CultureInfo.InvariantCulture));
        }

        void Add(WellKnownField field, string? value)
        {
            if (value is { Length: > 0 and <= LengthMax })
            {
                values.Add((new Field(field), value));
            }
        }
    }

    private static void AddAttributes(HashSet<(Field Field, string Value)> values, OtlpAttributes attributes, AttributeScope scope)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Value.ToText() is { Length: > 0 and <= LengthMax } text)
            {
                values.Add((new Field(WellKnownField.Attribute, Encoding.UTF8.GetString(attribute.Key), scope), text));
            }
        }
    }
}
