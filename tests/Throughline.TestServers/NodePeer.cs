using System.Diagnostics;
using System.Text.Json;

namespace Throughline.TestServers;

/// <summary>
/// kafkajs with its OpenTelemetry instrumentation, as another process: <c>tests/node-peer</c>, whose packages
/// <c>./run test</c> installs where there is npm.
/// </summary>
public static class NodePeer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the peer and returns the JSON it prints; skips the test where the peer cannot be had.</summary>
    public static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        const string notInstalled = "its packages are not installed (./run test does that where there is npm)";
        var root = ServersFolder.RepositoryRoot() ?? "";
        var modules = Path.Combine(root, ".setup", "node-peer", "node_modules");
        if (!Directory.Exists(modules))
        {
            LeftOut.Say("records exchanged with kafkajs", notInstalled);
            Assert.Skip(notInstalled);
        }

        var start = new ProcessStartInfo("node", [Path.Combine(root, "tests", "node-peer", "peer.js"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = modules, ["KAFKAJS_NO_PARTITIONER_WARNING"] = "1" },
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, await errors);
            return JsonDocument.Parse(output).RootElement;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
