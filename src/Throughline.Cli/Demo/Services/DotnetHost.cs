using System.Runtime.InteropServices;

namespace Throughline.Cli.Demo.Services;

/// <summary>Finds the dotnet that runs this process, which runs the demo's services too.</summary>
internal static class DotnetHost
{
    public static string Find()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.x/
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
