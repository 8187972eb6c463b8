using System.Runtime.InteropServices;

namespace Throughline.Server.Internal.Files;

/// <summary>The disk itself.</summary>
internal sealed partial class DiskFiles : IDurableFiles
{
    private const int OpenReadOnly = 0;

    public static DiskFiles Instance { get; } = new();

    public IDurableFile Create(string path) =>
        new DiskFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));

    public IDurableFile Open(string path) =>
        new DiskFile(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));

    public void Delete(string path) => File.Delete(path);

    public IReadOnlyList<string> List(string folder)
    {
        Directory.CreateDirectory(folder);
        return Directory.GetFiles(folder);
    }

    public void SyncFolder(string folder)
    {
        // NTFS journals names; there is nothing to sync, and no folder to open.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = OpenFolder(folder, OpenReadOnly);
        if (descriptor < 0)
        {
            throw Failed("open", folder);
        }

        try
        {
            if (SyncDescriptor(descriptor) != 0)
            {
                throw Failed("sync", folder);
            }
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    private static IOException Failed(string verb, string folder) =>
        new($"Cannot {verb} the folder {folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    // .NET opens no folders, and a new file's name is safe only once its folder is synced.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
