using Throughline.Server.Internal.Files;

namespace Throughline.Server.Kill;

/// <summary>A disk on which the server dies in the middle of what it does. Beneath it is one that forgets what was not synced.</summary>
internal sealed class KillingFiles(IDurableFiles inner, KillSwitch kill) : IDurableFiles
{
    public IDurableFile Create(string path)
    {
        var file = inner.Create(path);
        kill.Pass(KillPoint.SegmentRoll);
        return new KillingFile(file, kill);
    }

    public IDurableFile Open(string path) => new KillingFile(inner.Open(path), kill);

    public void Delete(string path)
    {
        inner.Delete(path);
        kill.Pass(KillPoint.Release);
    }

    public IReadOnlyList<string> List(string folder) => inner.List(folder);

    public void SyncFolder(string folder) => inner.SyncFolder(folder);
}
