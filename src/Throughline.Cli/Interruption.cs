using System.Runtime.InteropServices;

namespace Throughline.Cli;

/// <summary>
/// Turns Ctrl-C, SIGTERM and a closed terminal into a cancellation, so that a command can clean up before it ends.
/// A second signal ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signal;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, signal: 2)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, signal: 15)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Interrupt(context, signal: 1)),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>What to end with; null when no signal came.</summary>
    public int? ExitCode => Volatile.Read(ref _signal) is > 0 and var signal ? ExitCodes.SignalBase + signal : null;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int signal)
    {
        if (Interlocked.CompareExchange(ref _signal, signal, 0) == 0)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
