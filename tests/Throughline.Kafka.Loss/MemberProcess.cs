using System.Diagnostics;

namespace Throughline.Kafka.Loss;

/// <summary>One consumer process, from outside.</summary>
internal sealed class MemberProcess : IDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private MemberProcess(Process process, string journal)
    {
        _process = process;
        Journal = journal;
    }

    internal string Journal { get; }

    internal static MemberProcess Start(string servers, string topic, string group, string journal)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MemberProcess).Assembly.Location);
        }

        foreach (var argument in new[] { Member.Argument, servers, topic, group, journal })
        {
            start.ArgumentList.Add(argument);
        }

        return new(Process.Start(start)!, journal);
    }

    /// <summary>SIGKILL: no handler ends, nothing is committed any more.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Ends it as a deployment does, and waits.</summary>
    internal async Task<int> LeaveAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(LeaveTimeout);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    internal Task PauseAsync() => SignalAsync("-STOP");

    internal Task ResumeAsync() => SignalAsync("-CONT");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
