using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Environments;
using Throughline.Benchmarks.Peer;
using Throughline.Kafka;

namespace Throughline.Benchmarks.Reporting;

/// <summary>Where the figures come from.</summary>
internal sealed partial class Machine
{
    private readonly string _cpu = HostEnvironmentInfo.GetCurrent().CpuInfo.Value.ProcessorName ?? "unknown CPU";

    internal IReadOnlyList<(string Name, string Value)> Facts =>
    [
        ("CPU", _cpu),
        ("cores", $"{Environment.ProcessorCount}"),
        ("OS", $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}"),
        (".NET", RuntimeInformation.FrameworkDescription),
        ("BenchmarkDotNet", HostEnvironmentInfo.GetCurrent().BenchmarkDotNetVersion),
        ("Throughline", VersionOf(typeof(KafkaInstrumentation).Assembly)),
        ("peer", PeerInstrumentation.Version is { } version ? $"{PeerInstrumentation.Name} {version}" : "none"),
        ("date", $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}"),
    ];

    /// <summary>A file name: results of one kind of machine replace each other.</summary>
    internal string FileName => NotInNames().Replace($"{_cpu} {Environment.ProcessorCount} cores", "-").Trim('-').ToLowerInvariant();

    // The commit is in it, as the SDK puts it there.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInNames();
}
