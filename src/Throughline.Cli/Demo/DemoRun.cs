using Throughline.Cli.Demo.Answers;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Services;
using Throughline.Cli.Demo.Stay;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo;

/// <summary>
/// The demo from start to finish:
/// 1. Kafka; 2. the server, and the receiver before it; 3. the services; 4. orders, and what is found out of them; 5. the shop
/// stays open.
/// Whatever was started is stopped again, in reverse, however the run ends.
/// </summary>
internal sealed class DemoRun(DemoOptions options, Steps steps, Action<string>? echo)
{
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(10);

    // After Ctrl-C.
    private static readonly TimeSpan ConnectGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs it; <paramref name="report"/> gets what was found out, while the server still answers.</summary>
    /// <returns>What to end with.</returns>
    public async Task<int> RunAsync(Action<DemoOutcome> report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        // 1. Kafka
        steps.Begin("Kafka", "starting");
        await using var kafka = await StartKafkaAsync(cancellationToken);
        steps.Done(kafka.Description);

        // 2. Server, receiver
        await using var server = await DemoServer.StartAsync(options.Port, cancellationToken);
        await using var receiver = await SpanReceiver.StartAsync(cancellationToken);
        using var spans = new OtlpForwarder(server.OtlpAddress);
        using var metrics = new OtlpForwarder(server.OtlpAddress, OtlpForwarder.Metrics);
        (receiver.Forwarders, receiver.Metrics) = ([spans], metrics);

        // 3. Services
        await using var services = DemoServices.Start(kafka.Topic, receiver.Address, folder.Path, options, echo);
        using var http = new HttpClient { Timeout = options.Timeout };
        var sender = await OpenAsync(services, http, cancellationToken);

        // 4. Orders, and what is found out of them
        using var backend = options.Otlp is { } url ? new OtlpForwarder(url) : null;
        var parts = new DemoParts(kafka.Topic, server, receiver, services, sender, spans, backend);
        var outcome = await new DemoSession(options, steps, parts).RunAsync(cancellationToken);
        steps.Finish();
        report(outcome);

        // 5. The shop stays open
        if (options.Stays)
        {
            var idleMax = Console.IsOutputRedirected ? DemoStay.UnwatchedMax : DemoStay.ForgottenMax;
            await new DemoStay(server, sender, options.OrdersPerSecond, options.HasFaults).RunAsync(idleMax, cancellationToken);
        }

        return outcome.ExitCode;
    }

    private async Task<OrderSender> OpenAsync(DemoServices services, HttpClient http, CancellationToken cancellationToken)
    {
        steps.Begin("Services", $"starting {services.Names}");
        var orderService = await services.WaitUntilReadyAsync(http, options.Timeout, cancellationToken);
        steps.Done(services.Names + (options.Broken ? ", which does not extract" : ""));
        return new OrderSender(http, orderService);
    }

    private async Task<IDemoKafka> StartKafkaAsync(CancellationToken cancellationToken)
    {
        if (options.BootstrapServers is not { } servers)
        {
            return EmbeddedKafka.Start();
        }

        var connecting = RealKafka.ConnectAsync(servers, ConnectMax);
        try
        {
            return await connecting.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A topic that is just being created must go again; brokers that do not answer have none.
            await Task.WhenAny(connecting, Task.Delay(ConnectGrace, CancellationToken.None));
            if (connecting.IsCompletedSuccessfully)
            {
                await connecting.Result.DisposeAsync();
            }

            throw;
        }
    }
}
