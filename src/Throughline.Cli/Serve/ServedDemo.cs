using System.Net;
using System.Text;
using Throughline.Cli.Demo;
using Throughline.Cli.Terminal;
using Throughline.Server;

namespace Throughline.Cli.Serve;

/// <summary>The demo's orders, for the button on the pages of a server that runs: it gets the spans beside the demo's own.</summary>
internal sealed class ServedDemo
{
    private Uri? _server;

    /// <summary>What the pages may run; null where the demo's services could not send to this server as they are.</summary>
    public static ServedDemo? For(ThroughlineServerOptions options) =>
        options is { IngestKey: null, TlsCertificate: null } && IPAddress.TryParse(options.Address, out var address) && IPAddress.IsLoopback(address)
            ? new ServedDemo()
            : null;

    /// <summary>The server listens.</summary>
    public void Serve(ThroughlineServer server) => _server = server.OtlpHttpAddress;

    /// <exception cref="CommandException">A service or broker did not start, or the server did not take the spans.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new DemoOptions { Otlp = _server, Once = true, Port = 0 };
        var steps = new Steps(TextWriter.Null, Screen.Of(redirected: true, Encoding.UTF8, Environment.GetEnvironmentVariable));
        DemoOutcome? outcome = null;
        await new DemoRun(options, steps, echo: null).RunAsync(found => outcome = found, cancellationToken);
        if (outcome?.Forwarded is { Failed: > 0 } forwarded)
        {
            throw new CommandException(ExitCodes.Unreachable, $"the server did not take all spans: {forwarded.Failure}");
        }
    }
}
