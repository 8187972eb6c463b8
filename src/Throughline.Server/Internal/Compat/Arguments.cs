using System.Globalization;
using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Compat;

/// <summary>Reads another tool's parameters; those that it knows and this server does not need are ignored, as they do.</summary>
internal sealed class Arguments(IQueryCollection query)
{
    /// <summary>The first of these names that is given, or null.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (query[name].FirstOrDefault() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    public IEnumerable<string> Texts(string name) => query[name].OfType<string>();

    /// <exception cref="ApiException">It is not given.</exception>
    public string Required(string name, Func<string, string> whenMissing) => Text(name) ?? throw Refused(whenMissing(name));

    /// <summary>A whole number, not negative.</summary>
    public long? Number(string name, long max = long.MaxValue)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw Refused($"unable to parse param '{name}': '{text}' is no whole number"
                            + (max == long.MaxValue ? "" : $" of at most {max}"));
    }

    /// <summary>A number of traces: at least one, and not more than an answer has.</summary>
    public int Limit(string name, int whenMissing, int max)
    {
        var limit = Number(name) ?? whenMissing;
        return limit > 0
            ? (int)Math.Min(limit, max)
            : throw Refused($"invalid {name}: must be a positive number");
    }

    /// <summary>A duration as Go writes it, in nanoseconds.</summary>
    public long? Duration(params ReadOnlySpan<string> names)
    {
        if (Text(names) is not { } text)
        {
            return null;
        }

        return DurationText.TryParse(text, out var nanoseconds) && nanoseconds is >= 0 and < long.MaxValue
            ? (long)nanoseconds
            : throw Refused($"unable to parse param '{names[0]}': invalid duration \"{text}\"");
    }

    public static TraceId Trace(HttpContext context, Func<string, string> whenWrong)
    {
        var text = context.Request.RouteValues["traceId"]?.ToString()?.Trim() ?? "";
        return TraceId.TryParse(text, out var id) ? id : throw Refused(whenWrong(text));
    }

    public static ApiException Refused(string detail, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, detail, inner);
}
