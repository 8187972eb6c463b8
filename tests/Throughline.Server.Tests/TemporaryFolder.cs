namespace Throughline.Server.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("throughline-server-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
