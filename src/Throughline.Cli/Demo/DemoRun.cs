using System.Text.Json;
using System.Threading.Channels;
using Throughline.Cli.Analyze;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Pictures;
using Throughline.Cli.Demo.Services;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo;

/// <summary>
/// The demo from start to finish:
/// 1. Kafka; 2. the receiver, and the server; 3. both services; 4. a warm-up; 5. orders; 6. their spans; 7. their records'
/// headers; 8. the backend; 9. the server's answers.
/// Whatever was started is stopped again, in reverse, however the run ends.
/// </summary>
internal sealed class DemoRun(DemoOptions options, Steps steps, Action<string>? echo)
{
    // Enough for each customer's connection and each line of code to have been used.
    private const int WarmUpOrders = 8;

    // No span for so long means that no more will come.
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(10);

    // After Ctrl-C.
    private static readonly TimeSpan ConnectGrace = TimeSpan.FromSeconds(2);

    public async Task<DemoOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        // 1. Kafka
        steps.Begin("Kafka", "starting");
        await using var kafka = await StartKafkaAsync(cancellationToken);
        steps.Done(kafka.Description);

        // 2. Receiver, and a server of its own
        await using var server = await ClosedSet.StartAsync(cancellationToken);
        await using var receiver = await SpanReceiver.StartAsync(cancellationToken);

        // 3. Services
        steps.Begin("Services", "starting order-service and notification-service");
        await using var services = DemoServices.Start(kafka.Topic, receiver.Address, folder.Path, options.Broken, echo);
        using var http = new HttpClient { Timeout = options.Timeout };
        var orderService = await services.WaitUntilReadyAsync(http, options.Timeout, cancellationToken);
        steps.Done("order-service, notification-service" + (options.Broken ? " without the extract step" : ""));

        // 4. Warm-up: a service just started is slow, and would make its first traces look as if Kafka were.
        steps.Begin("Warm-up", "sending");
        var warmUp = await SendAsync(services, new OrderSender(http, orderService), WarmUpOrders, cancellationToken);
        await CollectAsync(receiver.Batches, warmUp.Accepted, cancellationToken);
        steps.Done($"{Words.Count(warmUp.Accepted.Count, "order")}, not counted");

        // 5. Orders
        using var toServer = new OtlpForwarder(server.OtlpAddress);
        using var toBackend = options.Otlp is { } backend ? new OtlpForwarder(backend) : null;
        receiver.Forwarders = toBackend is null ? [toServer] : [toServer, toBackend];
        steps.Begin("Orders", "sending");
        var orders = await SendAsync(services, new OrderSender(http, orderService), options.Orders, cancellationToken);
        EndOrders(orders);

        // 6. Spans
        steps.Begin("Spans", "receiving");
        var collector = await CollectAsync(receiver.Batches, orders.Accepted, cancellationToken);
        steps.Done($"{Words.Count(collector.SpanCount, "span")} received");

        // 7. Headers
        var headers = await Task.Run(
            () => HeaderReader.Read(kafka.Topic, orders.Accepted, QuietMax, cancellationToken), cancellationToken);

        // 8. Backend
        var forwarded = await ForwardAsync(toBackend, cancellationToken);

        // 9. Answers
        steps.Begin("Server", "asking");
        var answers = await AskAsync(server, toServer, cancellationToken);
        steps.Done("answers of throughline serve");
        return new DemoOutcome
        {
            Options = options,
            Orders = orders,
            Traces = collector.Traces(),
            Notifications = receiver.CountNotified(orders.Accepted),
            Headers = headers,
            Forwarded = forwarded,
            Answers = answers,
        };
    }

    private static async Task<IReadOnlyList<(AnswerTable Table, JsonElement Answer)>> AskAsync(
        ClosedSet server, OtlpForwarder toServer, CancellationToken cancellationToken)
    {
        var given = await toServer.CompleteAsync(QuietMax, cancellationToken);
        if (given.Failed > 0)
        {
            throw new CommandException(ExitCodes.Unreachable, $"The demo's server did not take all spans: {given.Failure}");
        }

        await server.SettledAsync(cancellationToken);
        using var client = new AnswerClient(server.Address, key: null);
        return await Analysis.AskAsync(
            client, new AnalyzeOptions { Tables = ["latency", "paths", "errors", "orphans", "ledger"] }, cancellationToken);
    }

    private async Task<IDemoKafka> StartKafkaAsync(CancellationToken cancellationToken)
    {
        if (options.BootstrapServers is not { } servers)
        {
            return EmbeddedKafka.Start();
        }

        var connecting = RealKafka.ConnectAsync(servers, QuietMax);
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

    private async Task<OrderOutcomes> SendAsync(
        DemoServices services, OrderSender sender, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(
                count, answered => steps.Update($"{answered} of {count} answered"), cancellationToken);
        }
        catch (Exception error) when (
            error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw services.OrdersRefused(error);
        }
    }

    private void EndOrders(OrderOutcomes orders)
    {
        if (orders.Refused.Count == 0)
        {
            steps.Done($"{orders.Accepted.Count} posted and accepted");
        }
        else
        {
            steps.Amiss($"{orders.Accepted.Count} accepted, {orders.Refused.Count} not: {orders.Refused[0]}");
        }
    }

    private async Task<SpanCollector> CollectAsync(
        ChannelReader<IReadOnlyList<TraceSpan>> batches, IReadOnlyList<string> orderIds, CancellationToken cancellationToken)
    {
        var collector = new SpanCollector(batches, orderIds);
        await collector.CollectAsync(
            QuietMax, settled => steps.Update($"{settled} of {orderIds.Count} traces complete"), cancellationToken);
        return collector;
    }

    private async Task<ForwardOutcome?> ForwardAsync(OtlpForwarder? forwarder, CancellationToken cancellationToken)
    {
        if (forwarder is null)
        {
            return null;
        }

        steps.Begin("Backend", "sending the spans on");
        var outcome = await forwarder.CompleteAsync(QuietMax, cancellationToken);
        if (outcome.Failed == 0)
        {
            steps.Done($"spans sent to {outcome.Endpoint}");
        }
        else
        {
            steps.Amiss($"{outcome.Endpoint} did not take the spans: {outcome.Failure}");
        }

        return outcome;
    }
}
