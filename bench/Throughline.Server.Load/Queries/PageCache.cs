using System.Runtime.InteropServices;

namespace Throughline.Server.Load.Queries;

/// <summary>Lets the system forget what it has in memory of some files, and of those only: what cold means here.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <returns>False where the system has no such call.</returns>
    public static bool Forget(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (Advise(file.DangerousGetHandle().ToInt32(), 0, 0, DontNeed) != 0)
            {
                return false;
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int descriptor, long offset, long length, int advice);
}
