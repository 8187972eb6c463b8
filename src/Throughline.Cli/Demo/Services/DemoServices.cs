using Throughline.Cli.Demo.Kafka;

namespace Throughline.Cli.Demo.Services;

/// <summary>All services, started together and stopped together.</summary>
internal sealed class DemoServices : IAsyncDisposable
{
    private readonly IReadOnlyList<ServiceProcess> _all;

    private DemoServices(IReadOnlyList<ServiceProcess> all) => _all = all;

    // The first is the one that takes orders.
    private ServiceProcess Orders => _all[0];

    public string Names => string.Join(", ", _all.Select(service => service.Name));

    /// <summary>Starts them. They send their spans, metrics and notifications to <paramref name="receiver"/>.</summary>
    public static DemoServices Start(DemoTopic topic, Uri receiver, string folder, DemoOptions options, Action<string>? echo) =>
        new([.. ServiceDescriptions.Of(topic, receiver, folder, options).Select(service => ServiceProcess.Start(service, folder, echo))]);

    /// <summary>Waits until all are ready; returns where orders go.</summary>
    public async Task<Uri> WaitUntilReadyAsync(HttpClient http, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var waits = _all.Select(service => WaitUntilReadyAsync(service, http, limit.Token, cancellationToken)).ToArray();

        // The first to fail tells why; the others need not be waited for.
        await foreach (var done in Task.WhenEach(waits))
        {
            await done;
        }

        return await waits[0];
    }

    /// <summary>What to say when orders could not be posted.</summary>
    public CommandException OrdersRefused(Exception cause) => Orders.Died(cause);

    public async ValueTask DisposeAsync() => await Task.WhenAll(_all.Select(service => service.DisposeAsync().AsTask()));

    private static async Task<Uri> WaitUntilReadyAsync(
        ServiceProcess service, HttpClient http, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await service.WaitUntilReadyAsync(http, limit);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw service.Unusable(ExitCodes.Timeout, "was not ready in time", cause: null);
        }
    }
}
