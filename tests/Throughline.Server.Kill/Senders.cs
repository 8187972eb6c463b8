using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Throughline.Server.Kill;

/// <summary>
/// Clients that send orders, and log records of some, and send them again until they are acknowledged, as exporters do; sometimes once more than
/// needed. They outlive the servers.
/// </summary>
internal sealed class Senders : IAsyncDisposable
{
    private const int Clients = 4;
    private const int OrdersPerRequest = 15;
    private const int ResendEvery = 7;
    private const string TracesPath = "/v1/traces";
    private const string LogsPath = "/v1/logs";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Order> _acknowledged = [];
    private readonly ConcurrentBag<Order> _unknown = [];
    private readonly ConcurrentBag<OrderLog> _logs = [];
    private readonly Task[] _clients;
    private volatile Uri? _address;
    private long _number;
    private long _requests;
    private long _resent;

    public Senders() => _clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(SendAsync))];

    /// <summary>The server that lives now; null for none.</summary>
    public Uri? Address
    {
        set => _address = value;
    }

    public IReadOnlyCollection<Order> Acknowledged => _acknowledged;

    /// <summary>Sent at least once, and never acknowledged.</summary>
    public IReadOnlyCollection<Order> Unknown => _unknown;

    /// <summary>Log records that were acknowledged: one for each request of orders.</summary>
    public IReadOnlyCollection<OrderLog> Logs => _logs;

    public long Requests => Interlocked.Read(ref _requests);

    public long Resent => Interlocked.Read(ref _resent);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var orders = Enumerable.Range(0, OrdersPerRequest)
                .Select(_ => new Order(Interlocked.Increment(ref _number)))
                .ToArray();
            var body = Order.Request(orders);
            var isAcknowledged = await SendUntilAcknowledgedAsync(TracesPath, body) > 0;
            foreach (var order in orders)
            {
                (isAcknowledged ? _acknowledged : _unknown).Add(order);
            }

            if (isAcknowledged && orders[0].Number % ResendEvery == 0)
            {
                Interlocked.Increment(ref _resent);
                _ = await TrySendAsync(TracesPath, body);
            }

            var log = await SendUntilAcknowledgedAsync(LogsPath, OrderLog.Request(orders[0]));
            if (log > 0)
            {
                _logs.Add(new OrderLog(orders[0], log));
            }
        }
    }

    /// <returns>How often it was sent until then; 0 where it was not acknowledged.</returns>
    private async Task<int> SendUntilAcknowledgedAsync(string path, string body)
    {
        for (var sent = 1; !_stop.IsCancellationRequested; sent++)
        {
            if (await TrySendAsync(path, body))
            {
                return sent;
            }

            if (sent > 1)
            {
                Interlocked.Increment(ref _resent);
            }

            await Task.Delay(Pause);
        }

        return 0;
    }

    private async Task<bool> TrySendAsync(string path, string body)
    {
        if (_address is not { } address)
        {
            return false;
        }

        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri(address, path), content);
            Interlocked.Increment(ref _requests);
            if (answer.StatusCode == HttpStatusCode.BadRequest)
            {
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            }

            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }
}
