using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Api;

/// <summary>A request's parameters, read as they are declared. Each method refuses what is not allowed, by name.</summary>
internal sealed class ApiRequest(HttpRequest request, IReadOnlyList<ApiParameter> declared, TimeProvider time)
{
    /// <summary>Refuses what the route does not know: a misspelt filter must not answer as if there were none.</summary>
    /// <exception cref="ApiException">There is such a parameter.</exception>
    public void RefuseUnknown()
    {
        foreach (var (name, values) in request.Query)
        {
            var parameter = declared.FirstOrDefault(p => !p.IsInPath && p.Name == name);
            if (parameter is null)
            {
                var known = declared.Where(p => !p.IsInPath).Select(p => p.Name).ToList();
                throw new ApiException(StatusCodes.Status400BadRequest, known.Count == 0
                    ? $"there is no parameter {name}; this route has none"
                    : $"there is no parameter {name}; this route knows {string.Join(", ", known)}")
                {
                    Parameter = name,
                    Value = values.ToString(),
                    Allowed = string.Join(", ", known),
                };
            }

            if (values.Count > 1 && !parameter.Repeats)
            {
                throw ApiException.Wrong(parameter, values.ToString(), $"{name} is given {values.Count} times; allowed is once");
            }
        }
    }

    /// <summary>The text, or null where it is not given.</summary>
    public string? Text(ApiParameter parameter)
    {
        Debug.Assert(declared.Contains(parameter), "a parameter that a handler reads is declared by its route");
        var value = parameter.IsInPath
            ? InPath(request, parameter.Name)
            : request.Query[parameter.Name].FirstOrDefault();
        if (!string.IsNullOrEmpty(value))
        {
            return value;
        }

        return parameter.IsRequired
            ? throw ApiException.Wrong(parameter, "", $"{parameter.Name} is missing; it is {parameter.Allowed}")
            : null;
    }

    /// <summary>A part of the path. Routing decodes all of it but slashes, which would be ends of parts.</summary>
    public static string? InPath(HttpRequest request, string name) =>
        request.RouteValues[name]?.ToString()?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> Texts(ApiParameter parameter)
    {
        Debug.Assert(declared.Contains(parameter), "a parameter that a handler reads is declared by its route");
        return [.. request.Query[parameter.Name].OfType<string>()];
    }

    /// <summary>One of the parameter's words, or null.</summary>
    public string? Word(ApiParameter parameter)
    {
        if (Text(parameter) is not { } text)
        {
            return null;
        }

        return parameter.Words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase))
               ?? throw ApiException.Wrong(parameter, text);
    }

    /// <summary>The number, or the default, or null where there is neither.</summary>
    public long? Integer(ApiParameter parameter)
    {
        if (Text(parameter) is not { } text)
        {
            return parameter.Default;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
               && number >= parameter.Min
               && number <= parameter.Max
            ? number
            : throw ApiException.Wrong(parameter, text);
    }

    /// <summary>Nanoseconds, or null.</summary>
    public long? Duration(ApiParameter parameter)
    {
        if (Text(parameter) is not { } text)
        {
            return null;
        }

        return DurationText.TryParse(text, out var nanoseconds) && Math.Abs(nanoseconds) < long.MaxValue
            ? (long)nanoseconds
            : throw ApiException.Wrong(parameter, text);
    }

    public TraceId Trace(ApiParameter parameter)
    {
        var text = Text(parameter) ?? "";
        return TraceId.TryParse(text, out var id) ? id : throw ApiException.Wrong(parameter, text);
    }

    /// <summary>From one time to another; without them, all times, or a while until now.</summary>
    /// <param name="from">The parameter of the beginning.</param>
    /// <param name="to">The parameter of the end.</param>
    /// <param name="lookback">How far back without <paramref name="from"/>; null for the beginning of time.</param>
    public TimeRange Range(ApiParameter from, ApiParameter to, TimeSpan? lookback = null)
    {
        var end = Time(to);
        var reference = end ?? UnixTime.Of(time.GetUtcNow());
        var start = Time(from) ?? (lookback is { } back ? reference - (back.Ticks * TimeSpan.NanosecondsPerTick) : 0);
        if (start >= (end ?? long.MaxValue))
        {
            throw ApiException.Wrong(from, Text(from) ?? "", $"{from.Name} is not before {to.Name}");
        }

        return new TimeRange(start, end ?? long.MaxValue);
    }

    private long? Time(ApiParameter parameter)
    {
        if (Text(parameter) is not { } text)
        {
            return null;
        }

        if (text == "now")
        {
            return UnixTime.Of(time.GetUtcNow());
        }

        if (text[0] == '-' && DurationText.TryParse(text, out var ago) && Math.Abs(ago) < long.MaxValue)
        {
            return UnixTime.Of(time.GetUtcNow()) + (long)ago;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unixNs))
        {
            return unixNs;
        }

        return UnixTime.TryParse(text, out unixNs) ? unixNs : throw ApiException.Wrong(parameter, text);
    }
}
