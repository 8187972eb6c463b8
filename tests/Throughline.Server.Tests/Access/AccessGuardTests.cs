using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Hosting;
using Throughline.Server.Internal.Pipeline;

namespace Throughline.Server.Tests.Access;

/// <summary>Over a socket: what Kestrel makes of a request's first lines is part of it.</summary>
public sealed class AccessGuardTests
{
    private const string Ingest = "an ingest key of some length";
    private const string Read = "a read key of some length";

    [Theory]
    [InlineData("GET", "/data", "Host: localhost", 200)]
    [InlineData("GET", "/data", "Host: evil.example.org", 403)]
    [InlineData("GET", "/data", "Host: evil.example.org:80", 403)]
    [InlineData("GET", "/data", "Host: traces.example.org", 200)]
    [InlineData("GET", "http://evil.example.org/data", "Host: evil.example.org", 403)]
    [InlineData("GET", "/data", "Host: localhost:4320\r\nOrigin: http://localhost:4320", 200)]
    [InlineData("GET", "/data", "Host: localhost:80\r\nOrigin: http://localhost", 200)]
    [InlineData("POST", "/data", "Host: localhost:4320\r\nOrigin: http://localhost:3000\r\nContent-Length: 0", 403)]
    [InlineData("GET", "/data", "Host: localhost:4320\r\nOrigin: http://evil.example.org", 403)]
    [InlineData("GET", "/data", "Host: localhost\r\nOrigin: null", 403)]
    [InlineData("GET", "/data", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403)]
    [InlineData("GET", "/data", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate", 200)]
    [InlineData("GET", "/data", "Host: localhost\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors", 200)]
    [InlineData("GET", "/healthz", "Host: 10.0.0.7:4320", 200)]
    [InlineData("GET", "/readyz", "Host: evil.example.org", 503)]
    public async Task Without_keys_host_and_origin_are_looked_at(string method, string target, string headers, int status)
    {
        await using var app = await StartAsync(null, null, AccessSide.Read);
        Assert.Equal(status, await AskAsync(app, method, target, headers));
    }

    [Theory]
    [InlineData("read", "/data", "Authorization: Bearer " + Read, 200)]
    [InlineData("read", "/data", "authorization: bearer " + Read, 200)]
    [InlineData("read", "/data", "Authorization: Bearer " + Ingest, 401)]
    [InlineData("ingest", "/data", "Authorization: Bearer " + Ingest, 200)]
    [InlineData("ingest", "/data", "Authorization: Bearer " + Read, 401)]
    [InlineData("read", "/data", "Authorization: Basic " + Read, 401)]
    [InlineData("read", "/data", "X-Other: 1", 401)]
    [InlineData("read", "/data?key=" + "a%20read%20key%20of%20some%20length", "X-Other: 1", 401)]
    [InlineData("read", "/healthz", "X-Other: 1", 200)]
    public async Task With_keys_the_key_of_the_side_is_wanted(string side, string target, string header, int status)
    {
        await using var app = await StartAsync(Ingest, Read, Enum.Parse<AccessSide>(side, ignoreCase: true));
        Assert.Equal(status, await AskAsync(app, "GET", target, $"Host: anything.example.org\r\n{header}"));
    }

    private static async Task<WebApplication> StartAsync(string? ingest, string? read, AccessSide side)
    {
        var guard = new AccessGuard(new AccessRules(IPAddress.Loopback, ingest, read, ["traces.example.org"]), side);
        var app = WebHost.Build(
            IPAddress.Loopback, [(0, HttpProtocols.Http1)], certificate: null, 1 << 16, NullLoggerFactory.Instance,
            app =>
            {
                guard.Use(app);
                HealthEndpoints.Map(app, new PipelineHealth());
                app.MapFallback("{**path}", (RequestDelegate)(context => context.Response.WriteAsync("data")));
            });
        await app.StartAsync();
        return app;
    }

    private static async Task<int> AskAsync(WebApplication app, string method, string target, string headers)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, WebHost.Addresses(app)[0].Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
