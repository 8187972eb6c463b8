using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>Whether a span fulfils a query: the whole truth, without any index. Made once a query, for any number of threads.</summary>
internal sealed class SpanMatcher
{
    private readonly Test _test;

    /// <param name="where">Null is fulfilled by every span.</param>
    /// <exception cref="ArgumentException">A pattern in it cannot be used.</exception>
    public SpanMatcher(Condition? where) => _test = where is null ? (_, _) => true : Make(where);

    private delegate bool Test(SpanFacts span, ReadOnlySpan<byte> body);

    /// <param name="span">The facts.</param>
    /// <param name="body">OTLP's Span message, for the attributes.</param>
    public bool Matches(SpanFacts span, ReadOnlySpan<byte> body) => _test(span, body);

    private static Test Make(Condition condition)
    {
        switch (condition)
        {
            case Condition.And conjunction:
                var all = conjunction.All.Select(Make).ToArray();
                return (span, body) =>
                {
                    foreach (var test in all)
                    {
                        if (!test(span, body))
                        {
                            return false;
                        }
                    }

                    return true;
                };
            case Condition.Or disjunction:
                var any = disjunction.Any.Select(Make).ToArray();
                return (span, body) =>
                {
                    foreach (var test in any)
                    {
                        if (test(span, body))
                        {
                            return true;
                        }
                    }

                    return false;
                };
            case Condition.Not denial:
                var inner = Make(denial.Inner);
                return (span, body) => !inner(span, body);
            case Condition.Compare compare:
                return Make(compare);
            default:
                throw new ArgumentException($"A condition is a {condition.GetType().Name}, which the store does not know.", nameof(condition));
        }
    }

    private static Test Make(Condition.Compare compare)
    {
        var value = compare.Value;
        var test = new ValueTest(compare.Comparison, compare.Field.Known switch
        {
            // Ids are written in any case, and traces' without their leading zeros.
            WellKnownField.TraceId when TraceId.TryParse(value.Text, out var id) => new QueryValue(id.ToString()),
            WellKnownField.SpanId => new QueryValue(value.Text.ToLower(CultureInfo.InvariantCulture)),
            _ => value,
        });
        return compare.Field.Known switch
        {
            WellKnownField.Attribute => Attribute(compare.Field, test),
            WellKnownField.TraceId => (span, _) => test.Text(span.TraceId.ToString()),
            WellKnownField.SpanId => (span, _) => test.Text(span.SpanId.ToString("x16", CultureInfo.InvariantCulture)),
            WellKnownField.Name => (span, _) => test.Text(span.Name),
            WellKnownField.Service => (span, _) => test.Text(span.Source.Service),
            WellKnownField.Kind => (span, _) => test.Text(FieldWords.Of(span.Kind)),
            WellKnownField.Status => (span, _) => test.Text(FieldWords.Of(span.Status)),
            WellKnownField.ErrorType => (span, _) => test.Text(span.ErrorType),
            WellKnownField.Duration => (span, _) => test.Number(span.DurationNs),
            WellKnownField.Lag => (span, _) => test.Number(SpanLag.Of(span)),
            _ => Messaging(compare.Field.Known, test),
        };
    }

    private static Test Messaging(WellKnownField field, ValueTest test) => field switch
    {
        WellKnownField.Operation => (span, _) => test.Text(span.Messaging is { } m ? FieldWords.Of(m.Operation) : null),
        WellKnownField.Topic => (span, _) => test.Text(span.Messaging?.Topic),
        WellKnownField.Group => (span, _) => test.Text(span.Messaging?.Group),
        WellKnownField.Key => (span, _) => test.Text(span.Messaging?.Key),
        WellKnownField.Partition => (span, _) => test.Number(span.Messaging is { Partition: >= 0 } m ? m.Partition : null),
        WellKnownField.Offset => (span, _) => test.Number(span.Messaging is { Offset: >= 0 } m ? m.Offset : null),
        _ => throw new ArgumentException($"The store does not know the field {field}.", nameof(field)),
    };

    private static Test Attribute(Field field, ValueTest test)
    {
        var key = Encoding.UTF8.GetBytes(field.Attribute ?? "");
        var scope = field.Scope;
        return (span, body) =>
        {
            if (scope != AttributeScope.Resource && OtlpSpan.Attributes(body).TryFind(key, out var value))
            {
                return test.Attribute(value);
            }

            return scope != AttributeScope.Span
                && OtlpSpan.ResourceAttributes(span.Source.ResourceBytes.Span).TryFind(key, out value)
                    ? test.Attribute(value)
                    : test.Missing;
        };
    }
}
