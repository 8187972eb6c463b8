using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Throughline.TestServers.Internal;

/// <summary>Kafka and Zipkin need Java 17 or newer on the PATH.</summary>
internal static partial class Java
{
    private const int MajorMin = 17;

    private static readonly Lazy<string?> Missing = new(Look);

    /// <summary>Null where Java will do, else what is wrong with it.</summary>
    public static string? WhyMissing => Missing.Value;

    private static string? Look()
    {
        try
        {
            var start = new ProcessStartInfo("java", "-version") { UseShellExecute = false, RedirectStandardError = true };
            using var java = Process.Start(start)!;
            var text = java.StandardError.ReadToEnd();
            java.WaitForExit();
            var version = Version().Match(text);
            return version.Success && int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture) >= MajorMin
                ? null
                : $"java on the PATH is older than {MajorMin} (Debian: openjdk-17-jre-headless)";
        }
        catch (Win32Exception)
        {
            return "no java on the PATH (Debian: openjdk-17-jre-headless)";
        }
    }

    [GeneratedRegex("""version "(?<major>\d+)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
