using System.Collections;
using System.Globalization;

namespace Throughline.Testing.Internal;

/// <summary>Compares and shows the values of tags, for which OpenTelemetry knows one integer type and .NET eight.</summary>
internal static class TagValue
{
    private const int ElementsMax = 10;

    public static bool AreEqual(object? expected, object? actual)
    {
        if (expected is not string && actual is not string && expected is IEnumerable e && actual is IEnumerable a)
        {
            var (left, right) = (e.Cast<object?>().ToList(), a.Cast<object?>().ToList());
            return left.Count == right.Count && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second));
        }

        return Equals(Normal(expected), Normal(actual));
    }

    /// <summary>The value and its type, for it may be the type that differs.</summary>
    public static string Describe(object? value) =>
        value is null ? "null" : $"{Text(value)} ({value.GetType().Name})";

    /// <summary>The value alone; strings in quotes, arrays in brackets and at most ten elements of them.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IEnumerable many => Elements(many.Cast<object?>()),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Elements(IEnumerable<object?> elements)
    {
        var shown = elements.Take(ElementsMax + 1).Select(Text).ToList();
        return shown.Count > ElementsMax
            ? $"[{string.Join(", ", shown.Take(ElementsMax))}, …]"
            : $"[{string.Join(", ", shown)}]";
    }

    private static object? Normal(object? value) => value switch
    {
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float single => (double)single,
        _ => value,
    };
}
