using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Throughline.Cli.Analyze;

/// <summary>Asks a server by its API.</summary>
internal sealed class AnswerClient : IDisposable
{
    private const string Prefix = "/api/v1";

    private readonly HttpClient _http;

    public AnswerClient(Uri server, string? key)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>One answer.</summary>
    /// <param name="path">With its parameters.</param>
    /// <param name="filter">Further parameters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The server is not there, or refuses.</exception>
    public async Task<JsonElement> AskAsync(
        string path, IReadOnlyDictionary<string, string> filter, CancellationToken cancellationToken)
    {
        var query = string.Concat(filter.Select(one => $"&{one.Key}={Uri.EscapeDataString(one.Value)}"));
        try
        {
            using var answer = await _http.GetAsync(new Uri(Prefix + path + query, UriKind.Relative), cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonDocument.Parse(body).RootElement
                : throw new CommandException(ExitCodeOf(answer.StatusCode), $"{_http.BaseAddress} refuses: {Detail(body, answer)}");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException(
                ExitCodes.Unreachable,
                $"No server answers at {_http.BaseAddress} ({exception.Message}). Start one with 'throughline serve', or name another with --server.",
                exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Timeout, $"{_http.BaseAddress} did not answer within {_http.Timeout.TotalSeconds:0} s.", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandException(
                ExitCodes.Unreachable, $"What answers at {_http.BaseAddress} is no Throughline server: {exception.Message}", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private static int ExitCodeOf(HttpStatusCode status) =>
        status == HttpStatusCode.BadRequest ? ExitCodes.Usage : ExitCodes.Unreachable;

    private static string Detail(byte[] body, HttpResponseMessage answer)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.GetProperty("detail").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        }
    }
}
