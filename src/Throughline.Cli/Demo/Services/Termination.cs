using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Throughline.Cli.Demo.Services;

/// <summary>Asks a process to end as a supervisor would: SIGTERM, which .NET itself has no call for.</summary>
internal static partial class Termination
{
    private const int SigTerm = 15;

    /// <summary>False where the system has no such request; the caller then kills.</summary>
    public static bool TryRequest(Process process) => !OperatingSystem.IsWindows() && Kill(process.Id, SigTerm) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
