using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Throughline.Cli.Analyze;

/// <summary>Parts of an answer as the text of a cell. What is not known is empty, never zero.</summary>
internal static class Cells
{
    private const int TraceIdShown = 16;

    public static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.ToString() : "";

    /// <summary>An enum's value as words: <c>headerMissing</c> is "header missing".</summary>
    public static string Words(JsonElement row, string name)
    {
        var words = new StringBuilder();
        foreach (var letter in Text(row, name))
        {
            words.Append(char.IsUpper(letter) ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    public static string Number(JsonElement row, params ReadOnlySpan<string> path) =>
        Value(row, path) is { } value ? Round(value) : "";

    /// <summary>A partition; empty where it is not about one.</summary>
    public static string Partition(JsonElement row) => Value(row, "partition") is >= 0 and var partition ? Round(partition) : "";

    /// <summary>Nanoseconds, as a person would say them.</summary>
    public static string Time(JsonElement row, params ReadOnlySpan<string> path) =>
        Value(row, path) is { } value ? Demo.Pictures.Words.Duration(Demo.Otlp.Nanoseconds.ToTimeSpan((long)value)) : "";

    public static string Share(JsonElement row, string name) =>
        Value(row, name) is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:P1}") : "";

    /// <summary>A figure of the ledger: "≤" before an upper bound, "≥" before a lower one, "~" before an estimate, "?" for unknown.</summary>
    public static string Figure(JsonElement row, string cell)
    {
        foreach (var figure in row.GetProperty("figures").EnumerateArray())
        {
            if (figure.GetProperty("cell").GetString() == cell)
            {
                return Value(figure, "value") switch
                {
                    null => "?",
                    // At least none is not the same as none.
                    0 when Text(figure, "certainty") == "lowerBound" => "none known",
                    { } value => Sign(figure) + Round(value),
                };
            }
        }

        return "";
    }

    /// <summary>The latest example's trace, to look for.</summary>
    public static string LatestExample(JsonElement row) =>
        Latest(row) is { } example && example.TryGetProperty("span", out var span) && span.TryGetProperty("traceId", out var id)
            ? id.ToString()[..Math.Min(TraceIdShown, id.ToString().Length)]
            : "";

    public static string LatestReason(JsonElement row) => Latest(row) is { } example ? Text(example, "why") : "";

    private static JsonElement? Latest(JsonElement row) =>
        row.TryGetProperty("examples", out var examples) && examples.GetArrayLength() > 0 ? examples[0] : null;

    private static string Sign(JsonElement figure) => Text(figure, "certainty") switch
    {
        "upperBound" => "≤",
        "lowerBound" => "≥",
        "estimate" => "~",
        _ => "",
    };

    private static double? Value(JsonElement row, params ReadOnlySpan<string> path)
    {
        var value = row;
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }

    private static string Round(double value) =>
        value.ToString(Math.Abs(value - Math.Round(value)) < 0.005 || value >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture);
}
