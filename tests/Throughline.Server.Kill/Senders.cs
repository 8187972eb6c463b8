using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Throughline.Server.Kill;

/// <summary>
/// Clients that send orders and send them again until they are acknowledged, as exporters do; sometimes once more than
/// needed. They outlive the servers.
/// </summary>
internal sealed class Senders : IAsyncDisposable
{
    private const int Clients = 4;
    private const int OrdersPerRequest = 15;
    private const int ResendEvery = 7;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Order> _acknowledged = [];
    private readonly ConcurrentBag<Order> _unknown = [];
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
            var isAcknowledged = await SendUntilAcknowledgedAsync(body);
            foreach (var order in orders)
            {
                (isAcknowledged ? _acknowledged : _unknown).Add(order);
            }

            if (isAcknowledged && orders[0].Number % ResendEvery == 0)
            {
                Interlocked.Increment(ref _resent);
                _ = await TrySendAsync(body);
            }
        }
    }

    private async Task<bool> SendUntilAcknowledgedAsync(string body)
    {
        for (var attempt = 0; !_stop.IsCancellationRequested; attempt++)
        {
            if (await TrySendAsync(body))
            {
                return true;
            }

            if (attempt > 0)
            {
                Interlocked.Increment(ref _resent);
            }

            await Task.Delay(Pause);
        }

        return false;
    }

    private async Task<bool> TrySendAsync(string body)
    {
        if (_address is not { } address)
        {
            return false;
        }

        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri(address, "/v1/traces"), content);
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
