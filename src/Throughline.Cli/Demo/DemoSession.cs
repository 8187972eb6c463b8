using System.Text.Json;
using System.Threading.Channels;
using Throughline.Cli.Analyze;
using Throughline.Cli.Demo.Answers;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Pictures;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo;

/// <summary>
/// What is done with all that a run has started: 1. a warm-up; 2. orders, usual ones and others; 3. their spans; 4. their records'
/// headers; 5. the backend; 6. the server's answers.
/// </summary>
internal sealed class DemoSession(DemoOptions options, Steps steps, DemoParts parts)
{
    // Enough for each customer's connection and each line of code to have been used.
    private const int WarmUpOrders = 8;

    // No span for so long means that no more will come.
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(10);

    // The slowest order is the slowest also where the machine has much else to do.
    private static readonly TimeSpan SlowestMin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SlowestMax = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlyList<string> Asked = ["latency", "paths", "errors", "orphans", "ledger", "skew"];

    private TimeSpan _slowestTime = SlowestMin;

    /// <summary>Runs it.</summary>
    /// <exception cref="CommandException">A service, or the server, does not do its part.</exception>
    public async Task<DemoOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // 1. Warm-up: a service just started is slow, and would make its first traces look as if Kafka were.
        steps.Begin("Warm-up", "sending");
        var warmUp = await PostAsync(WarmUpAsync, cancellationToken);
        steps.Done($"{Words.Count(warmUp.Accepted.Count, "order")}, not counted");

        // 2. Orders
        parts.Receiver.Forwarders = parts.Backend is { } backend ? [parts.Spans, backend] : [parts.Spans];
        steps.Begin("Orders", "sending");
        var (orders, truth) = await PostAsync(SendAllAsync, cancellationToken);
        EndOrders(orders);

        // 3. Spans
        steps.Begin("Spans", "receiving");
        var collector = await CollectAsync(parts.Receiver.Batches, orders.Accepted, cancellationToken);
        parts.Receiver.StopReading();
        steps.Done($"{Words.Count(collector.SpanCount, "span")} received");

        // 4. Headers
        var headers = await Task.Run(
            () => HeaderReader.Read(parts.Topic, orders.Accepted, QuietMax, cancellationToken), cancellationToken);

        // 5. Backend
        var forwarded = await ForwardAsync(parts.Backend, cancellationToken);

        // 6. Answers
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
            Answers = await AskAsync(warmUp.Accepted.Count + orders.Accepted.Count, truth, cancellationToken),
        };
    }

    /// <summary>Posts orders; that the order service does not answer is told with the end of its log.</summary>
    private async Task<T> PostAsync<T>(Func<CancellationToken, Task<T>> post, CancellationToken cancellationToken)
    {
        try
        {
            return await post(cancellationToken);
        }
        catch (Exception error) when (
            error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw parts.Services.OrdersRefused(error);
        }
    }

    /// <summary>The first order goes alone: several at once would only keep each other waiting.</summary>
    private async Task<OrderOutcomes> WarmUpAsync(CancellationToken cancellationToken)
    {
        var all = new OrderOutcomes([], []);
        foreach (var count in (int[])[1, WarmUpOrders - 1])
        {
            var some = await SendAsync(count, cancellationToken);
            var collector = await CollectAsync(parts.Receiver.Batches, some.Accepted, cancellationToken);
            all = all.And(some);
            NoteSlowest(collector.Traces());
        }

        return all;
    }

    /// <summary>The first order of all is slow by itself: what is meant to be slowest takes twice as long.</summary>
    private void NoteSlowest(IReadOnlyList<OrderTrace> warmUp)
    {
        var seconds = Math.Ceiling(2 * warmUp.Select(trace => trace.EndToEnd?.TotalSeconds ?? 0).Append(0).Max());
        _slowestTime = TimeSpan.FromSeconds(Math.Clamp(seconds, _slowestTime.TotalSeconds, SlowestMax.TotalSeconds));
    }

    private async Task<(OrderOutcomes Orders, ShopTruth? Truth)> SendAllAsync(CancellationToken cancellationToken)
    {
        var usual = await SendAsync(options.Orders, cancellationToken);
        if (!options.HasFaults)
        {
            return (usual, null);
        }

        var (others, truth) = await new ShopDay(parts.Sender, _slowestTime, parts.Topic.AuditGroup).RunAsync(
            answered => steps.Update($"{usual.Accepted.Count + answered} answered"), cancellationToken);
        return (usual.And(others), truth);
    }

    private async Task<IReadOnlyList<(AnswerTable Table, JsonElement Answer)>> AskAsync(
        int stored, ShopTruth? truth, CancellationToken cancellationToken)
    {
        steps.Begin("Server", "waiting for the slowest");
        using var client = new AnswerClient(parts.Server.Address, key: null);
        var expected = new Dictionary<string, int>
        {
            [parts.Topic.Name] = stored,
            [parts.Topic.RetryTopic] = truth is null ? 0 : truth.Retried.Count + 1,
            [parts.Topic.DeadLetterTopic] = truth?.DeadLettered.Count ?? 0,
        };
        var isDone = await new LedgerWatch(client).UntilDoneAsync(expected, _slowestTime + QuietMax, cancellationToken);
        var given = await parts.Spans.FlushAsync(QuietMax, cancellationToken);
        if (given.Failed > 0)
        {
            throw new CommandException(ExitCodes.Unreachable, $"The demo's server did not take all spans: {given.Failure}");
        }

        isDone &= await parts.Server.TrySettleAsync(cancellationToken);
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

    private Task<OrderOutcomes> SendAsync(int count, CancellationToken cancellationToken) => parts.Sender.SendAsync(
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
