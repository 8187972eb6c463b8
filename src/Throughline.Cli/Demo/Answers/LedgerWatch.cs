using System.Text.Json;
using Throughline.Cli.Analyze;

namespace Throughline.Cli.Demo.Answers;

/// <summary>Looks at the server's ledger until every group is done with every record: what is missing then, is missing.</summary>
internal sealed class LedgerWatch(AnswerClient client)
{
    private const string Ledger = "/ledger?limit=100";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly IReadOnlyDictionary<string, string> NoFilter = new Dictionary<string, string>();

    /// <summary>Waits until so many records are known to be stored and none is open; false if that takes longer.</summary>
    /// <param name="stored">How many records each topic should have.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> UntilDoneAsync(
        IReadOnlyDictionary<string, int> stored, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            using var timer = new PeriodicTimer(Pause);
            while (!IsDone(await client.AskAsync(Ledger, NoFilter, limit.Token), stored))
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool IsDone(JsonElement ledger, IReadOnlyDictionary<string, int> stored)
    {
        var rows = ledger.GetProperty("rows").EnumerateArray().ToLookup(row => Cells.Text(row, "topic"));
        return stored.All(topic => topic.Value == 0 || (rows[topic.Key].Any()
            && rows[topic.Key].All(row => Value(row, "stored") >= topic.Value && Value(row, "notSeen") is null or 0)));
    }

    private static double? Value(JsonElement row, string cell)
    {
        // A figure that nobody knows has no value.
        var figure = row.GetProperty("figures").EnumerateArray().FirstOrDefault(one => Cells.Text(one, "cell") == cell);
        return figure.ValueKind == JsonValueKind.Object && figure.TryGetProperty("value", out var value) ? value.GetDouble() : null;
    }
}
