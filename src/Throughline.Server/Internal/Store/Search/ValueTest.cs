using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Store.Search;

/// <summary>One comparison with one value, made ready. A text is compared as a number where both are one.</summary>
internal sealed class ValueTest
{
    private readonly Comparison _comparison;
    private readonly string _text;
    private readonly byte[] _utf8;
    private readonly double? _number;
    private readonly long? _whole;
    private readonly Regex? _pattern;

    public ValueTest(Comparison comparison, QueryValue value)
    {
        _comparison = comparison;
        _text = value.Text;
        _utf8 = Encoding.UTF8.GetBytes(value.Text);
        _number = value.Number;
        _whole = value.Number is not null && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;
        _pattern = comparison is Comparison.Matches or Comparison.NotMatches ? QueryPattern.Whole(value.Text) : null;
    }

    /// <summary>What a span fulfils that does not have the field.</summary>
    public bool Missing => _comparison is Comparison.NotEqual or Comparison.NotMatches;

    public bool Text(string? text)
    {
        if (text is null)
        {
            return Missing;
        }

        return _comparison switch
        {
            Comparison.Equal => text == _text || EqualsAsNumber(text),
            Comparison.NotEqual => text != _text && !EqualsAsNumber(text),
            Comparison.Matches => _pattern!.IsMatch(text),
            Comparison.NotMatches => !_pattern!.IsMatch(text),
            Comparison.Exists => true,
            _ => Ordered(Compare(text)),
        };
    }

    public bool Number(long? number)
    {
        if (number is not { } value)
        {
            return Missing;
        }

        return _comparison switch
        {
            Comparison.Exists => true,
            Comparison.Equal => EqualsNumber(value),
            Comparison.NotEqual => !EqualsNumber(value),
            Comparison.Matches or Comparison.NotMatches => Text(value.ToString(CultureInfo.InvariantCulture)),
            _ => Ordered(Compare(value)),
        };
    }

    public bool Attribute(OtlpValue value) => value.Kind switch
    {
        OtlpValueKind.Text when _comparison == Comparison.Equal && _number is null => value.Bytes.SequenceEqual(_utf8),
        OtlpValueKind.Text or OtlpValueKind.Bool or OtlpValueKind.Binary => Text(value.ToText()),
        OtlpValueKind.Int => Number(value.Int),
        OtlpValueKind.Double => Double(value.Double),
        OtlpValueKind.Array => Items(value),
        _ => _comparison == Comparison.Exists || Missing,
    };

    // One item is enough; of what is denied, all.
    private bool Items(OtlpValue array)
    {
        if (_comparison == Comparison.Exists)
        {
            return true;
        }

        foreach (var item in array.Items)
        {
            if (item.Kind != OtlpValueKind.Array && Attribute(item) != Missing)
            {
                return !Missing;
            }
        }

        return Missing;
    }

    private bool Double(double value) => _comparison switch
    {
        Comparison.Exists => true,
        Comparison.Equal => EqualsDouble(value),
        Comparison.NotEqual => !EqualsDouble(value),
        Comparison.Matches or Comparison.NotMatches => Text(value.ToString("R", CultureInfo.InvariantCulture)),
        _ => _number is { } number && !double.IsNaN(value) && Ordered(value.CompareTo(number)),
    };

    private bool EqualsDouble(double value) =>
        (_number is { } number && value == number) || value.ToString("R", CultureInfo.InvariantCulture) == _text;

    private bool EqualsNumber(long value) =>
        _whole is { } whole ? value == whole : _number is { } number ? value == number : value.ToString(CultureInfo.InvariantCulture) == _text;

    private bool EqualsAsNumber(string text) =>
        _whole is { } whole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var other)
        && other == whole && other.ToString(CultureInfo.InvariantCulture) == text;

    private int? Compare(long value) => _whole is { } whole ? value.CompareTo(whole) : _number is { } number ? ((double)value).CompareTo(number) : null;

    private int? Compare(string text)
    {
        if (_number is not { } number)
        {
            return string.CompareOrdinal(text, _text);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value.CompareTo(number) : null;
    }

    private bool Ordered(int? order) => _comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        _ => false,
    };
}
