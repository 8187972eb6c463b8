namespace Throughline.Server.Internal.Files;

/// <summary>
/// The few things that a crash-safe file needs of a disk, so that a test can put a disk beneath it that forgets what was not
/// synced. Paths are full.
/// </summary>
internal interface IDurableFiles
{
    /// <summary>Makes a new file. Its name survives a crash after <see cref="SyncFolder"/>.</summary>
    /// <exception cref="IOException">It exists, or there is no space.</exception>
    IDurableFile Create(string path);

    /// <summary>Opens a file that is there, for reading, appending and cutting.</summary>
    IDurableFile Open(string path);

    /// <summary>Deletes a file; one that is not there is no error.</summary>
    void Delete(string path);

    /// <summary>Full paths of the files in a folder; the folder is made if it is not there.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Makes files made and deleted in a folder survive a crash.</summary>
    void SyncFolder(string folder);
}
