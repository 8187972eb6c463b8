using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Api;

/// <summary>Queries in parameters.</summary>
internal static class Queries
{
    /// <summary>The condition, or null where there is none.</summary>
    /// <exception cref="ApiException">It is no query; says where.</exception>
    public static Condition? Own(ApiRequest request, ApiParameter parameter)
    {
        try
        {
            return request.Text(parameter) is { } text ? QueryParser.Parse(text) : null;
        }
        catch (QueryException e)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, $"{parameter.Name}, column {e.Column}: {e.Message}", e)
            {
                Parameter = parameter.Name,
                Value = request.Text(parameter),
                Line = e.Line,
                Column = e.Column,
            };
        }
    }
}
