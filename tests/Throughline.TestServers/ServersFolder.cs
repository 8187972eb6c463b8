namespace Throughline.TestServers;

/// <summary>
/// The folder with real servers: <c>THROUGHLINE_SERVERS</c>, else <c>../shared/servers</c> beside the repository.
/// </summary>
public static class ServersFolder
{
    private const string Variable = "THROUGHLINE_SERVERS";
    private const string SolutionFile = "Throughline.slnx";

    /// <summary>The folder, or null and the reason in <paramref name="why"/>.</summary>
    public static string? Find(out string why)
    {
        why = "";
        if (!OperatingSystem.IsLinux())
        {
            why = "the servers' scripts run on Linux";
            return null;
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            if (Directory.Exists(named))
            {
                return Path.GetFullPath(named);
            }

            why = $"{Variable} names a folder that does not exist ({named})";
            return null;
        }

        if (RepositoryRoot() is { } root
            && Path.GetFullPath(Path.Combine(root, "..", "shared", "servers")) is var beside
            && Directory.Exists(beside))
        {
            return beside;
        }

        why = $"no servers found ({Variable} is not set and ../shared/servers does not exist)";
        return null;
    }

    /// <summary>The repository that these tests were built in, or null when they run elsewhere.</summary>
    public static string? RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
