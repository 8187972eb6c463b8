using System.Diagnostics;

namespace Throughline.Kafka.Loss;

/// <summary>One consumer process, from outside.</summary>
internal sealed class MemberProcess : IDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private MemberProcess(Process process, string journal, int place)
    {
        _process = process;
        Journal = journal;
        Place = place;
    }

    internal string Journal { get; }

    /// <summary>Which of the group's it is: one that takes the place of another that was killed has the same.</summary>
    internal int Place { get; }

    internal static MemberProcess Start(IReadOnlyList<string> arguments, string journal, int place)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MemberProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new(Process.Start(start)!, journal, place);
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
