using Throughline.TestServers.Internal;

namespace Throughline.TestServers;

/// <summary>telemetrygen, the OpenTelemetry Collector's generator of test data.</summary>
public static class TelemetryGenerator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs it to its end; where it cannot be had, says so once and returns null.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string?> TryRunAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        if (ServersFolder.Find(out var why) is not { } servers)
        {
            LeftOut.Say("tests with telemetrygen", why);
            return null;
        }

        await using var process = ServerProgram.Start(
            "telemetrygen", [Path.Combine(servers, "otelcol", "telemetrygen"), .. arguments]);
        try
        {
            await process.Output.WaitForLineAsync(static _ => false, cancellation).WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"telemetrygen did not end within {Patience.TotalSeconds} s. It wrote:\n{process.Output}", e);
        }

        return process.Output.ToString();
    }
}
