using System.Text.Json;
using System.Threading.Channels;
using Throughline.Cli.Analyze;
using Throughline.Cli.Demo.Answers;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Pictures;
using Throughline.Cli.Demo.Services;
using Throughline.Cli.Demo.Stay;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo;

/// <summary>
/// The demo from start to finish:
/// 1. Kafka; 2. the server, and the receiver before it; 3. the services; 4. a warm-up; 5. orders, usual ones and others; 6. their
/// spans; 7. their records' headers; 8. the backend; 9. the server's answers; 10. the report; 11. the shop stays open.
/// Whatever was started is stopped again, in reverse, however the run ends.
/// </summary>
internal sealed class DemoRun(DemoOptions options, Steps steps, Action<string>? echo)
{
    // Enough for each customer's connection and each line of code to have been used.
    private const int WarmUpOrders = 8;

    // No span for so long means that no more will come.
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlyList<string> Asked = ["latency", "paths", "errors", "orphans", "ledger", "skew"];

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

        // 4.-9.
        using var backend = options.Otlp is { } url ? new OtlpForwarder(url) : null;
        var parts = new DemoParts(kafka.Topic, server, receiver, services, sender, spans, backend);
        DemoOutcome outcome;
        try
        {
            outcome = await SendAndAskAsync(parts, cancellationToken);
        }
        catch (Exception error) when (
            error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw services.OrdersRefused(error);
        }

        // 10. Report
        steps.Finish();
        report(outcome);

        // 11. Stay
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

    private async Task<DemoOutcome> SendAndAskAsync(DemoParts parts, CancellationToken cancellationToken)
    {
        // 4. Warm-up: a service just started is slow, and would make its first traces look as if Kafka were.
        steps.Begin("Warm-up", "sending");
        var warmUp = await WarmUpAsync(parts, cancellationToken);
        steps.Done($"{Words.Count(warmUp.Accepted.Count, "order")}, not counted");

        // 5. Orders
        parts.Receiver.Forwarders = parts.Backend is { } backend ? [parts.Spans, backend] : [parts.Spans];
        steps.Begin("Orders", "sending");
        var orders = await SendAsync(parts.Sender, options.Orders, cancellationToken);
        var truth = (ShopTruth?)null;
        if (options.HasFaults)
        {
            var (others, meant) = await new ShopDay(parts.Sender, parts.Topic.AuditGroup).RunAsync(
                answered => steps.Update($"{orders.Accepted.Count + answered} answered"), cancellationToken);
            (orders, truth) = (orders.And(others), meant);
        }

        EndOrders(orders);

        // 6. Spans
        steps.Begin("Spans", "receiving");
        var collector = await CollectAsync(parts.Receiver.Batches, orders.Accepted, cancellationToken);
        parts.Receiver.StopReading();
        steps.Done($"{Words.Count(collector.SpanCount, "span")} received");

        // 7. Headers
        var headers = await Task.Run(
            () => HeaderReader.Read(parts.Topic, orders.Accepted, QuietMax, cancellationToken), cancellationToken);

        // 8. Backend
        var forwarded = await ForwardAsync(parts.Backend, cancellationToken);

        // 9. Answers
        return new DemoOutcome
        {
            Options = options,
            Orders = orders,
            Truth = truth,
            Traces = collector.Traces(),
            Notifications = parts.Receiver.CountNotified(orders.Accepted),
            Headers = headers,
            Forwarded = forwarded,
            Address = parts.Server.Address,
            Answers = await AskAsync(parts, warmUp.Accepted.Count + orders.Accepted.Count, truth, cancellationToken),
        };
    }

    /// <summary>The first order goes alone: several at once would only keep each other waiting.</summary>
    private async Task<OrderOutcomes> WarmUpAsync(DemoParts parts, CancellationToken cancellationToken)
    {
        var all = new OrderOutcomes([], []);
        foreach (var count in (int[])[1, WarmUpOrders - 1])
        {
            var some = await SendAsync(parts.Sender, count, cancellationToken);
            await CollectAsync(parts.Receiver.Batches, some.Accepted, cancellationToken);
            all = all.And(some);
        }

        return all;
    }

    private async Task<IReadOnlyList<(AnswerTable Table, JsonElement Answer)>> AskAsync(
        DemoParts parts, int stored, ShopTruth? truth, CancellationToken cancellationToken)
    {
        steps.Begin("Server", "waiting for the slowest");
        using var client = new AnswerClient(parts.Server.Address, key: null);
        var expected = new Dictionary<string, int>
        {
            [parts.Topic.Name] = stored,
            [parts.Topic.RetryTopic] = truth is null ? 0 : truth.Retried.Count + 1,
            [parts.Topic.DeadLetterTopic] = truth?.DeadLettered.Count ?? 0,
        };
        var isDone = await new LedgerWatch(client).UntilDoneAsync(expected, QuietMax, cancellationToken);
        var given = await parts.Spans.FlushAsync(QuietMax, cancellationToken);
        if (given.Failed > 0)
        {
            throw new CommandException(ExitCodes.Unreachable, $"The demo's server did not take all spans: {given.Failure}");
        }

        await parts.Server.SettledAsync(cancellationToken);
        var answers = await Analysis.AskAsync(client, new AnalyzeOptions { Tables = Asked }, cancellationToken);
        if (isDone)
        {
            steps.Done("answers of throughline serve");
        }
        else
        {
            steps.Amiss("answers of throughline serve; some records are still on their way");
        }

        return answers;
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

    private Task<OrderOutcomes> SendAsync(OrderSender sender, int count, CancellationToken cancellationToken) => sender.SendAsync(
        [.. Enumerable.Range(0, count).Select(DemoOrder.Usual)],
        answered => steps.Update($"{answered} of {count} answered"),
        cancellationToken);

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
        var outcome = await forwarder.FlushAsync(QuietMax, cancellationToken);
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
