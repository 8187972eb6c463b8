using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Kafka.Hosting.Internal.Consumers;
using Throughline.Kafka.Hosting.Internal.Producers;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>
/// Makes every client before the host's services start, so that all wrong settings are told together, and before anything
/// has begun; and flushes producers when the services that send have stopped.
/// </summary>
internal sealed class ClientsService(
    KafkaSettings settings,
    HostedProducers producers,
    HostedConsumers consumers,
    ClientsLeft left,
    IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var problems = new SettingsProblems();
        Collect(settings.CheckShared, problems);
        foreach (var producer in producers.All)
        {
            Collect(() => producer.Prepare(producers), problems);
        }

        foreach (var consumer in consumers.All)
        {
            Collect(consumer.Prepare, problems);
        }

        problems.ThrowIfAny();
        WarnOfUnused();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops after the consumers, whose handlers may have sent, and before telemetry.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    /// <summary>For what services that were added before this one have sent while they stopped.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    private static void Collect(Action prepare, SettingsProblems problems)
    {
        try
        {
            prepare();
        }
        catch (KafkaSettingsException exception)
        {
            foreach (var problem in exception.Problems)
            {
                problems.Add(problem);
            }
        }
    }

    private void WarnOfUnused()
    {
        var loggers = (ILoggerFactory?)services.GetService(typeof(ILoggerFactory)) ?? NullLoggerFactory.Instance;
        var logger = loggers.CreateLogger("Throughline.Kafka");
        foreach (var path in settings.Unused([.. producers.All.Select(each => each.Name), HostedProducers.FailuresName], [.. consumers.All.Select(each => each.Name)]))
        {
            HostingLog.Unused(logger, path);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await left.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host's time is over; each producer logs what it could not deliver.
        }
    }
}
