using System.Net;
using System.Net.Sockets;

namespace Throughline.Testing.Internal;

/// <summary>
/// Keeps a command to the mock cluster from waiting a second: while one runs, it knocks at the brokers' ports.
/// </summary>
/// <remarks>
/// The cluster's thread serves its commands, then empties the pipe that announces them (librdkafka 2.15,
/// rd_kafka_mock_cluster_io_poll). A command that arrives in between loses its announcement and waits for the next event,
/// at most the 1 s of the poll: every fifth of commands given one after another. A connection is such an event.
/// </remarks>
internal sealed class MockWakeUp : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Next = TimeSpan.FromMilliseconds(10);

    private readonly IReadOnlyList<IPEndPoint> _brokers;
    private readonly Timer _timer;

    public MockWakeUp(IReadOnlyList<IPEndPoint> brokers)
    {
        _brokers = brokers;
        _timer = new Timer(static state => ((MockWakeUp)state!).Knock(), this, First, Next);
    }

    public void Dispose() => _timer.Dispose();

    private void Knock()
    {
        foreach (var broker in _brokers)
        {
            try
            {
                using var socket = new Socket(broker.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Blocking = false;
                socket.Connect(broker);
            }
            catch (SocketException)
            {
                // Under way, or a broker that is down: it costs the second that this saves.
            }
        }
    }
}
