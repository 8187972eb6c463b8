using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Throughline.Kafka.Hosting.Internal.Clients;
using Throughline.Kafka.Hosting.Internal.Producers;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>
/// A consumer's life with the host: 1. made before anything starts; 2. subscribed when all has started; 3. processing,
/// again after failures if so configured; 4. told to end when the host begins to stop; 5. awaited.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The token's source is used by the run to its end; without a timer there is nothing to free.")]
internal sealed class HostedConsumer<TKey, TValue>(
    ConsumerRegistration<TKey, TValue> registration,
    KafkaSettings settings,
    HostedProducers producers,
    ClientFactory factory,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime host,
    TimeProvider time) : IHostedConsumer
{
    private const int FailedExitCode = 1;

    // For a host that is disposed without having been stopped.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = factory.ConsumerLogger(registration.Name);
    private readonly CancellationTokenSource _stop = new();
    private KafkaConsumerOptions? _options;
    private ConsumerRun<TKey, TValue>? _run;
    private Task _running = Task.CompletedTask;
    private volatile ConsumerStatus? _ended;

    public string Name => registration.Name;

    public void Prepare()
    {
        // 1.
        _options = settings.Consumer(Name, new(
            registration.Topics, registration.Configure, producers.ForFailures, IsHosted: true, registration.Handling.TakesBatches));
        Begin();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // 2.
        Subscribe();
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    // 4. All consumers at a time, while the services that handlers use still run.
    public Task StoppingAsync(CancellationToken cancellationToken) => _stop.CancelAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // 5.
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            HostingLog.NotEndedInTime(_logger, _options!.Processing.DrainTimeout);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ConsumerStatus Read() => _ended ?? _run?.Read() ?? new(ConsumerPhase.Starting, _options);

    /// <summary>Ends what was made for a host that then did not start.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAny([_running], EndTimeout);
        _run?.End();
    }

    // 3.
    private async Task RunAsync()
    {
        var pauses = new RestartPauses(_options!.RestartPauseInitial, _options.RestartPauseMax);
        while (await RunOnceAsync().ConfigureAwait(false) is { } failure)
        {
            if (!await MayRestartAsync(failure, pauses).ConfigureAwait(false))
            {
                return;
            }
        }

        _ended = new(ConsumerPhase.Ended, _options);
        HostingLog.Left(_logger, _options.Client.GroupId);
    }

    private async Task<ConsumerFailure?> RunOnceAsync()
    {
        var startTimestamp = time.GetTimestamp();
        var failures = new FailurePlaces();
        try
        {
            if (_run is null)
            {
                Begin();
                Subscribe();
            }

            failures = _run!.Failures;
            await _run.Ended.ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return new(exception, failures.Of(exception), time.GetElapsedTime(startTimestamp));
        }
        finally
        {
            var run = _run;
            _run = null;
            run?.End();
        }
    }

    private async Task<bool> MayRestartAsync(ConsumerFailure failure, RestartPauses pauses)
    {
        var (exception, place, ranFor) = failure;
        var text = $"{exception.GetType().Name}: {exception.Message} (at {place})";
        if (_stop.IsCancellationRequested || _options!.FailureAction == ConsumerFailureAction.StopHost)
        {
            _ended = new(ConsumerPhase.Ended, _options, text);
            if (_stop.IsCancellationRequested)
            {
                HostingLog.EndedWhileStopping(_logger, exception, place);
                return false;
            }

            HostingLog.EndedHostStops(_logger, exception, place);
            Environment.ExitCode = FailedExitCode;
            host.StopApplication();
            return false;
        }

        var pause = pauses.After(ranFor);
        _ended = new(ConsumerPhase.Pausing, _options, text);
        HostingLog.EndedRestarts(_logger, exception, place, pause);
        try
        {
            await Task.Delay(pause, time, _stop.Token).ConfigureAwait(false);
            _ended = null;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Begin()
    {
        var built = factory.Build(Name, _options!, registration.Build);
        var run = new ConsumerRun<TKey, TValue>(built, _options!, time, _logger);
        try
        {
            run.Begin(registration.Handling, scopes, _stop.Token);
        }
        catch (Exception exception)
        {
            run.End();
            if (OptionText.TryLocate(settings.ConsumerPath(Name), "Processing", exception, out var problem))
            {
                throw new KafkaSettingsException([problem]);
            }

            throw;
        }

        _run = run;
    }

    private void Subscribe()
    {
        _run!.Subscribe();
        HostingLog.Started(_logger, string.Join(", ", _options!.AllTopics), _options.Client.GroupId);
    }
}
