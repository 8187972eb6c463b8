using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Throughline.OpenTelemetry.Internal;
using Throughline.OpenTelemetry.Internal.Otlp;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry;

/// <summary>
/// The OpenTelemetry SDK, set up wholly from OTEL_* variables and running until disposed. README.md lists the variables.
/// </summary>
public sealed class ThroughlineSdk : IDisposable
{
    private readonly TimeSpan _shutdownTimeout;
    private readonly PropagatorSetting? _propagators;
    private readonly SdkFailureListener? _failures;
    private int _stopped;

    private ThroughlineSdk(TelemetrySettings settings, ThroughlineSdkOptions options)
    {
        _shutdownTimeout = options.ShutdownTimeout;

        // Propagation goes on where the SDK is disabled: the specification says so, and a silent hop must not break others' traces.
        _propagators = PropagatorSetting.Apply(settings.Propagators);
        if (settings.Disabled)
        {
            return;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ForSdk).Build();
        var resource = TelemetryResource.Describe(settings, options);
        var report = new TelemetryReport(options.Warn, options.Time);
        _failures = new SdkFailureListener(report, settings.EndpointsOfSdk());
        TracerProvider = new TracerProviderFactory(settings, options, report).Build(configuration, resource);
        if (settings.MetricExporters.Count > 0 || options.Metrics.Count > 0)
        {
            MeterProvider = new MeterProviderFactory(settings, options).Build(configuration, resource);
        }
    }

    /// <summary>Null when OTEL_SDK_DISABLED is true.</summary>
    public TracerProvider? TracerProvider { get; }

    /// <summary>Null when OTEL_SDK_DISABLED is true, or when nothing is to be done with metrics.</summary>
    public MeterProvider? MeterProvider { get; }

    /// <summary>Reads the environment, warns of what is wrong in it, and starts listening and exporting.</summary>
    /// <param name="configure">What the program adds; null for nothing.</param>
    /// <returns>The running SDK; dispose it at the program's end, so that the last spans are sent.</returns>
    /// <exception cref="InvalidTelemetrySettingsException">A variable is wrong, in strict mode only.</exception>
    public static ThroughlineSdk Start(Action<ThroughlineSdkOptions>? configure = null)
    {
        var options = new ThroughlineSdkOptions();
        configure?.Invoke(options);
        return Start(options);
    }

    internal static ThroughlineSdk Start(ThroughlineSdkOptions options)
    {
        var settings = new TelemetrySettingsReader(options.Environment).Read();
        var wrong = settings.Problems.Where(problem => problem.IsWrong).Select(problem => $"{problem.Variable}: {problem.What}").ToArray();
        if (options.Strict && wrong.Length > 0)
        {
            throw new InvalidTelemetrySettingsException(wrong);
        }

        foreach (var problem in settings.Problems)
        {
            TelemetryEvents.Log.Setting(problem.Message);
            options.Warn(problem.Message);
        }

        return new ThroughlineSdk(settings, options);
    }

    /// <summary>Sends what has been recorded so far.</summary>
    /// <param name="timeout">How long to wait for it.</param>
    /// <returns>Whether the exporters were done in time; what a receiver would not take is warned of.</returns>
    public bool Flush(TimeSpan timeout) => Within(
        timeout,
        milliseconds => TracerProvider?.ForceFlush(milliseconds) ?? true,
        milliseconds => MeterProvider?.ForceFlush(milliseconds) ?? true);

    /// <summary>Sends what is left, for at most <see cref="ThroughlineSdkOptions.ShutdownTimeout"/>, and stops. Never throws.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        // A provider's own Dispose may wait for another 5 s, so it is within the bound too; a tenth is left for it.
        Within(
            _shutdownTimeout,
            milliseconds =>
            {
                TracerProvider?.Shutdown(milliseconds - (milliseconds / 10));
                TracerProvider?.Dispose();
                return true;
            },
            milliseconds =>
            {
                MeterProvider?.Shutdown(milliseconds - (milliseconds / 10));
                MeterProvider?.Dispose();
                return true;
            });
        _failures?.Dispose();
        _propagators?.Restore();
    }

    /// <summary>
    /// Both at once, so that a dead metrics receiver does not eat the time of the spans; on threads of their own, so that a
    /// busy thread pool does not either.
    /// </summary>
    private static bool Within(TimeSpan timeout, Func<int, bool> traces, Func<int, bool> metrics)
    {
        var milliseconds = (int)Math.Clamp(timeout.TotalMilliseconds, 0, int.MaxValue);
        Task<bool>[] both = [OnThread(() => traces(milliseconds)), OnThread(() => metrics(milliseconds))];
        return Task.WaitAll(both, milliseconds) && both.All(done => done.Result);
    }

    private static Task<bool> OnThread(Func<bool> work) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                return work();
            }
            catch (Exception failure)
            {
                TelemetryEvents.Log.StopFailed(failure.Message);
                return false;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
