namespace Throughline.Cli.Demo;

/// <summary>A folder that is gone when the run is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("throughline-demo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
