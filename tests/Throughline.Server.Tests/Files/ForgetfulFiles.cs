using Throughline.Server.Internal.Files;

namespace Throughline.Server.Tests.Files;

/// <summary>
/// A disk that keeps what was not synced in this object, as a page cache would: <see cref="Crash"/>, or a kill of the
/// process, loses it. Some of it may have reached the disk, in any order; a seed decides.
/// </summary>
internal sealed class ForgetfulFiles(int seed = 0) : IDurableFiles
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, ForgetfulFile> _open = [];
    private readonly HashSet<string> _nameless = [];

    /// <summary>Bytes that may still be written; then the disk is full.</summary>
    public long Free { get; set; } = long.MaxValue;

    /// <summary>Lets the next sync fail.</summary>
    public bool FailSync { get; set; }

    public IDurableFile Create(string path)
    {
        lock (_lock)
        {
            _nameless.Add(path);
            return _open[path] = new ForgetfulFile(this, DiskFiles.Instance.Create(path));
        }
    }

    public IDurableFile Open(string path)
    {
        lock (_lock)
        {
            return _open[path] = new ForgetfulFile(this, DiskFiles.Instance.Open(path));
        }
    }

    public void Delete(string path) => DiskFiles.Instance.Delete(path);

    public IReadOnlyList<string> List(string folder) => DiskFiles.Instance.List(folder);

    public void SyncFolder(string folder)
    {
        lock (_lock)
        {
            _nameless.RemoveWhere(path => Path.GetDirectoryName(path) == folder);
        }
    }

    /// <summary>The power fails: what was not synced is gone, but for pieces of it; files without a synced name are gone.</summary>
    public void Crash()
    {
        lock (_lock)
        {
            foreach (var (path, file) in _open)
            {
                file.Crash(_random);
                file.Dispose();
                if (_nameless.Contains(path))
                {
                    File.Delete(path);
                }
            }

            _open.Clear();
            _nameless.Clear();
        }
    }
}
