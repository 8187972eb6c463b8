using System.Globalization;
using System.Text.RegularExpressions;

namespace Throughline.TestServers.Internal;

/// <summary>
/// A copy of a server's configuration file in which every loopback port is a free one, so that several test projects and a
/// developer's own server can run side by side.
/// </summary>
internal sealed partial class PortedConfiguration : IDisposable
{
    private readonly Dictionary<int, int> _ports = [];

    public PortedConfiguration(string original)
    {
        var text = Endpoint().Replace(File.ReadAllText(original), match =>
        {
            var port = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
            return $"\"127.0.0.1:{this[port]}\"";
        });
        Path = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(), $"throughline-{System.IO.Path.GetRandomFileName()}.yaml");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    /// <summary>The port that stands for the one in the original file.</summary>
    public int this[int original]
    {
        get
        {
            if (!_ports.TryGetValue(original, out var port))
            {
                do
                {
                    port = LoopbackPorts.Next();
                }
                while (_ports.ContainsValue(port));
                _ports.Add(original, port);
            }

            return port;
        }
    }

    public void Dispose() => File.Delete(Path);

    [GeneratedRegex(@"""127\.0\.0\.1:(?<port>\d+)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Endpoint();
}
