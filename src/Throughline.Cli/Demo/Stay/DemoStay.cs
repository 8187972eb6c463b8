using System.Diagnostics;
using Throughline.Cli.Demo.Answers;
using Throughline.Cli.Demo.Orders;

namespace Throughline.Cli.Demo.Stay;

/// <summary>Keeps the shop open after the report, so that people can look around in what has happened.</summary>
internal sealed class DemoStay(DemoServer server, OrderSender sender, int ordersPerSecond, bool hasFaults)
{
    /// <summary>Without a terminal nobody can end it: it ends when nobody looks any more.</summary>
    public static readonly TimeSpan UnwatchedMax = TimeSpan.FromMinutes(3);

    /// <summary>A terminal that was forgotten.</summary>
    public static readonly TimeSpan ForgottenMax = TimeSpan.FromHours(1);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when nobody has asked the server for anything for <paramref name="idleMax"/>, or by a signal.</summary>
    public async Task RunAsync(TimeSpan idleMax, CancellationToken signal)
    {
        var begun = Stopwatch.StartNew();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(signal);
        var sending = ordersPerSecond > 0 ? SendAsync(over.Token) : Task.CompletedTask;
        try
        {
            using var timer = new PeriodicTimer(LookInterval);
            while (begun.Elapsed < idleMax || server.IdleTime < idleMax)
            {
                await timer.WaitForNextTickAsync(signal);
            }
        }
        catch (OperationCanceledException) when (signal.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            await over.CancelAsync();
            await sending;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / ordersPerSecond);
            for (var number = 0; await timer.WaitForNextTickAsync(cancellationToken); number++)
            {
                await sender.PostAsync(PassingOrders.At(number, hasFaults), cancellationToken);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException)
        {
            // The end, or a service that is gone: what has happened can be looked at all the same.
        }
    }
}
