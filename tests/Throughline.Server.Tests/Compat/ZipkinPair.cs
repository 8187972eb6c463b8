using System.Text;
using System.Text.Json;
using Throughline.Server.Internal;
using Throughline.Server.Internal.Zipkin;
using Throughline.Server.Tests.Api;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Compat;

/// <summary>A real Zipkin, where there is one, and this server, both with the same spans in Zipkin's form.</summary>
public sealed class ZipkinPair : IAsyncLifetime
{
    private static readonly TimeSpan AppearWithin = TimeSpan.FromSeconds(20);

    /// <summary>When the spans begin, Unix microseconds.</summary>
    internal static long EpochUs { get; } = UnixTime.Of(DateTimeOffset.UtcNow.AddMinutes(-5)) / 1_000_000_000 * 1_000_000;

    private static readonly string Spans = JsonSerializer.Serialize(new object[]
    {
        new
        {
            traceId = Samples.Order, id = "00f067aa0ba902b7", kind = "SERVER", name = "POST /orders", timestamp = EpochUs, duration = 40_000,
            localEndpoint = new { serviceName = "Shop" }, tags = new Dictionary<string, string> { ["http.route"] = "/orders" },
        },
        new
        {
            traceId = Samples.Order, id = "00f067aa0ba902b8", parentId = "00f067aa0ba902b7", kind = "CLIENT", name = "get /stock",
            timestamp = EpochUs + 1_000, duration = 2_000, localEndpoint = new { serviceName = "shop" },
            remoteEndpoint = new { serviceName = "Stock", ipv4 = "10.1.2.3", port = 8080 },
        },
        new
        {
            traceId = Samples.Order, id = "00f067aa0ba902c8", parentId = "00f067aa0ba902b8", kind = "SERVER", name = "get /stock",
            timestamp = EpochUs + 1_500, duration = 1_000, localEndpoint = new { serviceName = "stock", ipv4 = "10.1.2.3" },
        },
        new
        {
            traceId = Samples.Order, id = "b7ad6b7169203331", parentId = "00f067aa0ba902b7", kind = "PRODUCER", name = "send orders",
            timestamp = EpochUs + 5_000, duration = 4_000, localEndpoint = new { serviceName = "shop" },
            remoteEndpoint = new { serviceName = "kafka" }, tags = new Dictionary<string, string> { ["kafka.topic"] = "orders" },
        },
        new
        {
            traceId = Samples.Order, id = "00f067aa0ba902b9", parentId = "b7ad6b7169203331", kind = "CONSUMER", name = "process orders",
            timestamp = EpochUs + 200_000, duration = 600_000, localEndpoint = new { serviceName = "mailer" },
            remoteEndpoint = new { serviceName = "kafka" }, annotations = new[] { new { timestamp = EpochUs + 201_000, value = "retried" } },
            tags = new Dictionary<string, string> { ["error"] = "no such address" },
        },
        new
        {
            traceId = "00000000000000ab", id = "1111111111111111", name = "tidy", timestamp = EpochUs + 9_000_000, duration = 3_000_000,
            localEndpoint = new { serviceName = "cron" },
        },
    });

    public Zipkin? Zipkin { get; private set; }

    internal QueryServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await QueryServer.StartAsync();
        using (var request = ZipkinReader.Read(Encoding.UTF8.GetBytes(Spans), DateTimeOffset.UtcNow))
        {
            Server.Add(request.Written.ToArray());
        }

        Zipkin = await TestServers.Zipkin.TryStartAsync(TestContext.Current.CancellationToken);
        if (Zipkin is not null)
        {
            using var http = new HttpClient();
            using var content = new StringContent(Spans, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(Zipkin.Query, "api/v2/spans"), content);
            answer.EnsureSuccessStatusCode();
            await WaitForSpansAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (Zipkin is not null)
        {
            await Zipkin.DisposeAsync();
        }
    }

    /// <summary>Zipkin takes spans and stores them a moment later.</summary>
    private async Task WaitForSpansAsync()
    {
        using var late = new CancellationTokenSource(AppearWithin);
        while ((await AskAsync(new Uri(Zipkin!.Query, "api/v2/trace/ab"))).Status != 200
               || !(await AskAsync(new Uri(Zipkin.Query, $"api/v2/trace/{Samples.Order}"))).Text.Contains("retried", StringComparison.Ordinal))
        {
            await Task.Delay(20, late.Token);
        }
    }

    internal static async Task<(int Status, string Text)> AskAsync(Uri address)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(address);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
