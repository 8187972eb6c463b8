namespace Throughline.Cli.Demo.Services;

/// <summary>A service to start.</summary>
/// <param name="Name">Its <c>service.name</c>.</param>
/// <param name="Assembly">The program's file below the CLI's own <c>samples</c> folder.</param>
/// <param name="Environment">What it is configured with.</param>
internal sealed record ServiceDescription(string Name, string Assembly, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>What the program is called with.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
