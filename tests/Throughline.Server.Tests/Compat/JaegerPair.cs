using System.Net.Http.Headers;
using Throughline.Server.Internal;
using Throughline.Server.Tests.Api;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Compat;

/// <summary>A real Jaeger, where there is one, and this server, both with the same spans.</summary>
public sealed class JaegerPair : IAsyncLifetime
{
    public Jaeger? Jaeger { get; private set; }

    internal QueryServer Server { get; private set; } = null!;

    /// <summary>When the samples begin: within the time that Jaeger searches.</summary>
    internal static long EpochUnixNs { get; } =
        UnixTime.Of(DateTimeOffset.UtcNow.AddMinutes(-5)) / 1_000_000_000 * 1_000_000_000;

    public async ValueTask InitializeAsync()
    {
        using var http = new HttpClient();
        Server = await QueryServer.StartAsync();
        Jaeger = await TestServers.Jaeger.TryStartAsync(TestContext.Current.CancellationToken);
        foreach (var request in Samples.All.Concat(OddSamples.All).Select(s => s.ToRequest(EpochUnixNs)))
        {
            Server.Add(request);
            if (Jaeger is not null)
            {
                using var content = new ByteArrayContent(request);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                using var answer = await http.PostAsync(new Uri(Jaeger.OtlpHttp, "v1/traces"), content);
                answer.EnsureSuccessStatusCode();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (Jaeger is not null)
        {
            await Jaeger.DisposeAsync();
        }
    }
}
