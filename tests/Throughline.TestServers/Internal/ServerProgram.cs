namespace Throughline.TestServers.Internal;

/// <summary>Starts a server that runs in the foreground, under a script that ends it with its owner.</summary>
internal static class ServerProgram
{
    private const string Keep = """
        trap : INT TERM HUP
        exec 3<&0
        "$@" 3<&- </dev/null &
        child=$!
        (
          while read -r _ <&3 || [ $? -gt 128 ]; do :; done
          kill "$child" 2>/dev/null
          for _ in $(seq 100); do kill -0 "$child" 2>/dev/null || exit 0; sleep 0.1; done
          kill -9 "$child"
        ) &
        watch=$!
        exec 3<&-
        while kill -0 "$child" 2>/dev/null; do wait "$child"; done
        kill "$watch" 2>/dev/null
        exit 0
        """;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(90);

    public static KeptProcess Start(string name, params IReadOnlyList<string> command) =>
        KeptProcess.Start(name, Keep, command);

    /// <summary>Waits until the server answers this address with success.</summary>
    public static async Task WaitForAnswerAsync(KeptProcess process, string name, Uri url, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var ended = new CancellationTokenSource(AnswerTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended.Token);
        while (!await AnswersAsync(http, url, either.Token))
        {
            if (process.Output.IsComplete || ended.IsCancellationRequested)
            {
                throw new InvalidOperationException($"{name} did not answer {url}. It wrote:\n{process.Output}");
            }

            await Task.Delay(50, cancellation);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri url, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(url, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
