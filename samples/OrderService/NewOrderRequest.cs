using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrderService;

/// <summary>A posted order, or the problem to answer with: every refusal says what is wrong and where.</summary>
internal sealed record NewOrderRequest
{
    private NewOrderRequest(NewOrder order) => Order = order;

    private NewOrderRequest(IResult problem) => Problem = problem;

    public NewOrder? Order { get; }

    public IResult? Problem { get; }

    [MemberNotNullWhen(true, nameof(Order))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsValid => Order is not null;

    public static async Task<NewOrderRequest> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return new(TypedResults.Problem(
                $"Content-Type is '{request.ContentType}'; post the order as application/json.",
                statusCode: StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            var order = await JsonSerializer.DeserializeAsync(
                request.Body, OrderJson.Default.NewOrder, request.HttpContext.RequestAborted);
            var problems = order is null ? Body("must be an order, not null") : order.Problems();
            return problems.Count > 0 ? new(Invalid(problems)) : new(order!);
        }
        catch (JsonException error)
        {
            return new(Invalid(Describe(error)));
        }
        catch (BadHttpRequestException error)
        {
            // Kestrel's own refusals, such as a body over the limit.
            return new(TypedResults.Problem(error.Message, statusCode: error.StatusCode));
        }
    }

    private static ValidationProblem Invalid(Dictionary<string, string[]> problems) =>
        TypedResults.ValidationProblem(problems, title: "The order was not accepted.");

    private static Dictionary<string, string[]> Body(string problem) => new() { ["$"] = [problem] };

    private static Dictionary<string, string[]> Describe(JsonException error)
    {
        var place = $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";

        // The reader's own exception inside means broken syntax; otherwise one value is of the wrong type.
        return error.InnerException is JsonException || error.Path is null or "$"
            ? Body($"is not valid JSON ({place})")
            : new() { [error.Path.Replace("$.", "", StringComparison.Ordinal)] = [$"is of the wrong type ({place})"] };
    }
}
