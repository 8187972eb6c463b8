using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Throughline.Dashboard.Internal.Charts;
using Throughline.Server.Internal;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>
/// What a page is asked for: all of it is in the address. One for each request; a screen reads it, and says through it what
/// the page is called, and what was wrong with the address.
/// </summary>
internal sealed class PageRequest
{
    private readonly List<string> _problems = [];
    private HttpContext? _context;

    /// <summary>The parts of the server that pages show.</summary>
    public PageServices Server { get; private set; } = default!;

    public ScreenRoute Route { get; private set; } = default!;

    /// <summary>The title, where the screen has a better one than its route.</summary>
    public string? Title { get; set; }

    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>Another page of the server that is what was asked for; null for this one.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>What could not be used of the address, in sentences.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The time that the page is about.</summary>
    public PageRange Range { get; private set; } = default!;

    public long NowUnixNs { get; private set; }

    public CancellationToken Aborted { get; private set; }

    /// <summary>As addresses have it: escaped.</summary>
    /// <summary>The name or address by which the reader reaches the server.</summary>
    public string Host => _context!.Request.Host.Host;

    public string Path => _context!.Request.Path;

    /// <summary>The reader's choice: <c>light</c>, <c>dark</c>, or null for what the system has.</summary>
    public string? Theme => _context!.Request.Cookies["theme"] is "light" or "dark" ? _context.Request.Cookies["theme"] : null;

    /// <summary>What there is to answer from.</summary>
    public IAnswers Answers => Server.Api.Answers;

    public void Begin(HttpContext context, ScreenRoute route, PageServices server, CancellationToken aborted)
    {
        (_context, Route, Server, Aborted) = (context, route, server, aborted);
        NowUnixNs = UnixTime.Of(server.Api.Time.GetUtcNow());
        Range = PageRange.Read(this);
    }

    /// <summary>A parameter, or null where it is not there or empty.</summary>
    public string? Text(string name) =>
        _context!.Request.Query[name].LastOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>A part of the path, with its slashes.</summary>
    public string? InPath(string name) => ApiRequest.InPath(_context!.Request, name);

    /// <summary>A whole number within bounds; anything else is told, and the default taken.</summary>
    public long Integer(string name, long otherwise, long min, long max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        AddProblem($"{name} is '{text}': it takes a whole number from {min} to {max}; {otherwise} is shown.");
        return otherwise;
    }

    /// <summary>One of some words; anything else is told, and the first taken.</summary>
    public string Word(string name, params IReadOnlyList<string> words)
    {
        if (Text(name) is not { } text)
        {
            return words[0];
        }

        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        AddProblem($"{name} is '{text}': it is one of {string.Join(", ", words)}; {words[0]} is shown.");
        return words[0];
    }

    public void AddProblem(string sentence) => _problems.Add(sentence);

    /// <summary>The points of trends over the range.</summary>
    public TrendAxis Axis() => TrendAxis.Of(Range.Time, NowUnixNs - (Server.Options.MinutesKept.Ticks * TimeSpan.NanosecondsPerTick));

    /// <summary>The filter of the range, of <c>cluster</c>, <c>topic</c>, <c>group</c> and <c>service</c>, as far as the address has them.</summary>
    public AnswerFilter Filter() =>
        new(Range.Time, Text("cluster"), Text("topic"), Text("group"), Text("service"));

    /// <summary>Another page about the same time.</summary>
    public string Link(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var name in PageRange.Names)
        {
            Add(query, name, Text(name));
        }

        foreach (var (name, value) in parameters)
        {
            Add(query, name, value);
        }

        return path + query;
    }

    /// <summary>This page with some parameters changed; null takes one away.</summary>
    public string With(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in _context!.Request.Query)
        {
            if (!IsIn(parameters, name))
            {
                query.Add(name, values.OfType<string>());
            }
        }

        foreach (var (name, value) in parameters)
        {
            Add(query, name, value);
        }

        return _context.Request.PathBase + _context.Request.Path + query;
    }

    /// <summary>Every parameter of the address but some: what a form has to carry along.</summary>
    public IEnumerable<(string Name, string Value)> Others(params IReadOnlyList<string> without) =>
        _context!.Request.Query
            .Where(pair => !without.Contains(pair.Key, StringComparer.Ordinal))
            .SelectMany(pair => pair.Value.OfType<string>().Select(value => (pair.Key, value)));

    private static bool IsIn(ReadOnlySpan<(string Name, string? Value)> parameters, string name)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(QueryBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Add(name, value);
        }
    }
}
