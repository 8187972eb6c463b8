using Microsoft.AspNetCore.Http;

namespace Throughline.Server.Internal.Api;

/// <summary>A request that is refused: what its sender is told, in whatever form the API that was asked has for it.</summary>
internal sealed class ApiException(int status, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>HTTP's.</summary>
    public int Status { get; } = status;

    /// <summary>The parameter at fault, or null.</summary>
    public string? Parameter { get; init; }

    /// <summary>What it was given.</summary>
    public string? Value { get; init; }

    /// <summary>What it may be given.</summary>
    public string? Allowed { get; init; }

    /// <summary>Where in a query, from 1; null elsewhere.</summary>
    public int? Line { get; init; }

    /// <summary>Where in that line, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiException Wrong(ApiParameter parameter, string value) =>
        Wrong(parameter, value, $"{parameter.Name} is '{value}'; allowed is {parameter.Allowed}");

    public static ApiException Wrong(ApiParameter parameter, string value, string detail) =>
        new(StatusCodes.Status400BadRequest, detail) { Parameter = parameter.Name, Value = value, Allowed = parameter.Allowed };

    public static ApiException NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);
}
