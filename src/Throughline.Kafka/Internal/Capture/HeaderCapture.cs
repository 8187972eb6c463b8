using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>Which headers are told, and how.</summary>
internal sealed class HeaderCapture
{
    // A record may have ten thousand headers; a span may not. Those beyond are counted on it.
    private const int NamesMax = 64;
    private const int ValuesMax = 64;

    private const string Option = $"{nameof(KafkaTracingOptions)}.{nameof(KafkaTracingOptions.Capture)}";

    private readonly GlobList _included;
    private readonly GlobList _excluded;
    private readonly GlobList _redacted;
    private readonly NameCache<HeaderDecision> _decisions;
    private readonly Redactions _redactions;
    private readonly int _valueBytesMax;

    internal HeaderCapture(CaptureOptions options, Redactions redactions)
    {
        _included = GlobList.Parse(options.HeadersIncluded, ignoresCase: false, $"{Option}.{nameof(options.HeadersIncluded)}");
        _excluded = GlobList.Parse(options.HeadersExcluded, ignoresCase: true, $"{Option}.{nameof(options.HeadersExcluded)}");
        _redacted = GlobList.Parse(options.HeadersRedacted, ignoresCase: true, $"{Option}.{nameof(options.HeadersRedacted)}");
        _decisions = new(Decide);
        _redactions = redactions;
        _valueBytesMax = options.ValueBytesMax;
    }

    internal void Tell(Activity activity, Headers? headers)
    {
        if (_included.IsEmpty || headers is not { Count: > 0 })
        {
            return;
        }

        var told = new List<string>();
        var leftOut = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers[i].Key;
            if (_decisions.Of(name) is not { AttributeName: { } attribute } decision || told.Contains(name))
            {
                continue;
            }

            if (told.Count == NamesMax)
            {
                leftOut++;
                continue;
            }

            told.Add(name);
            activity.AddTag(attribute, Values(headers, i, decision.IsRedacted));
        }

        if (leftOut > 0)
        {
            activity.AddTag(AttributeNames.HeadersLeftOut, leftOut);
        }
    }

    private HeaderDecision Decide(string name) => _included.Matches(name) && !_excluded.Matches(name)
        ? new(AttributeNames.HeaderPrefix + name, _redacted.Matches(name))
        : new(null, false);

    // All headers of that name, in their order.
    private string[] Values(Headers headers, int first, bool isRedacted)
    {
        var name = headers[first].Key;
        var values = new List<string>(1);
        for (var i = first; i < headers.Count && values.Count < ValuesMax; i++)
        {
            if (headers[i].Key == name)
            {
                values.Add(isRedacted ? Redactions.Redacted : TextOf(headers[i].GetValueBytes()));
            }
        }

        return [.. values];
    }

    private string TextOf(byte[]? value)
    {
        if (value is not { Length: > 0 })
        {
            return string.Empty;
        }

        return ToldText.Read(value, _redactions.Window(_valueBytesMax)) is { } text
            ? ToldText.Cut(_redactions.Apply(RedactionTargets.Headers, text), _valueBytesMax)
            : $"[{value.Length} bytes]";
    }
}
