using System.Net;
using System.Net.Sockets;

namespace Throughline.TestServers.Internal;

/// <summary>Finds ports that nothing listens on. Between this and their use another program may take one: callers retry.</summary>
internal static class LoopbackPorts
{
    // Below the range from which systems pick ports for outgoing connections.
    private const int Lowest = 20_000;
    private const int Highest = 31_000;
    private const int AttemptsMax = 200;

    /// <summary>A free port.</summary>
    public static int Next() => NextRun([0]);

    /// <summary>A port P such that P plus each of the offsets is free.</summary>
    public static int NextRun(IReadOnlyCollection<int> offsets)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var first = Random.Shared.Next(Lowest, Highest);
            if (offsets.All(offset => IsFree(first + offset)))
            {
                return first;
            }
        }

        throw new InvalidOperationException($"No free loopback ports between {Lowest} and {Highest}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
