using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Throughline.Cli.Demo.Orders;

/// <summary>Posts orders as a few customers at once would.</summary>
internal sealed class OrderSender(HttpClient http, Uri service)
{
    private const int CustomersAtOnce = 4;

    private readonly ConcurrentQueue<string> _accepted = [];
    private readonly ConcurrentQueue<string> _refused = [];

    /// <summary>Posts so many orders; <paramref name="progress"/> hears how many were answered.</summary>
    /// <exception cref="HttpRequestException">The service did not answer at all.</exception>
    public async Task<OrderOutcomes> SendAsync(int count, Action<int> progress, CancellationToken cancellationToken)
    {
        await Parallel.ForAsync(
            0, count,
            new ParallelOptions { MaxDegreeOfParallelism = CustomersAtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                await PostAsync(index, token);
                progress(_accepted.Count + _refused.Count);
            });
        return new OrderOutcomes([.. _accepted], [.. _refused]);
    }

    private async Task PostAsync(int index, CancellationToken cancellationToken)
    {
        using var content = new StringContent(OrderJson(index), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(service, "/orders"), content, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.Created)
        {
            using var order = JsonDocument.Parse(body);
            _accepted.Enqueue(order.RootElement.GetProperty("id").GetString()!);
        }
        else
        {
            _refused.Enqueue($"{(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }

    /// <summary>A different order each time, the same ones in every run.</summary>
    private static string OrderJson(int index) =>
        $$"""
        {"customer":"customer-{{index + 1}}@example.com","items":[
          {"sku":"tea-{{index % 7}}","quantity":{{(index % 3) + 1}},"unitPrice":{{4 + (index % 5)}}.50},
          {"sku":"cup","quantity":1,"unitPrice":12.90}]}
        """;
}
