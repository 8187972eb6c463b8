using System.Diagnostics;

namespace Throughline.Server.Kill;

/// <summary>Kills this process, with SIGKILL, when a point is passed for the n-th time.</summary>
internal sealed class KillSwitch(KillPoint point, int passes)
{
    private int _left = passes;

    public void Pass(KillPoint passed)
    {
        if (passed == point && Interlocked.Decrement(ref _left) == 0)
        {
            Process.GetCurrentProcess().Kill();

            // The signal is on its way: nothing of this process may happen any more.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
