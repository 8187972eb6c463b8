using System.Net;
using System.Text;
using System.Text.Json;

namespace Throughline.Cli.Demo.Orders;

/// <summary>Posts orders as a few customers at once would.</summary>
internal sealed class OrderSender(HttpClient http, Uri service)
{
    private const int CustomersAtOnce = 4;

    /// <summary>Posts the orders, a few at a time; <paramref name="progress"/> hears how many were answered.</summary>
    /// <exception cref="HttpRequestException">The service did not answer at all.</exception>
    public async Task<OrderOutcomes> SendAsync(
        IReadOnlyList<DemoOrder> orders, Action<int> progress, CancellationToken cancellationToken)
    {
        var answers = new OrderAnswer[orders.Count];
        var answered = 0;
        await Parallel.ForAsync(
            0, orders.Count,
            new ParallelOptions { MaxDegreeOfParallelism = CustomersAtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                answers[index] = await PostAsync(orders[index], token);
                progress(Interlocked.Increment(ref answered));
            });
        return OrderOutcomes.Of(answers);
    }

    /// <summary>Posts one.</summary>
    /// <exception cref="HttpRequestException">The service did not answer at all.</exception>
    public async Task<OrderAnswer> PostAsync(DemoOrder order, CancellationToken cancellationToken)
    {
        using var content = new StringContent(order.ToJson(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(service, "/orders"), content, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return new OrderAnswer(
            response.StatusCode, response.ReasonPhrase,
            response.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted ? IdOf(body) : null);
    }

    private static string? IdOf(string body)
    {
        using var order = JsonDocument.Parse(body);
        return order.RootElement.GetProperty("id").GetString();
    }
}
