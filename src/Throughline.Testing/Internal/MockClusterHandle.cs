using System.Runtime.InteropServices;

namespace Throughline.Testing.Internal;

/// <summary>
/// Owns a mock cluster, the client it hangs on and the log's route; a finalizer frees a forgotten one, and none is freed
/// while a call runs on it.
/// </summary>
internal sealed class MockClusterHandle : SafeHandle
{
    private readonly nint _client;
    private GCHandle _log;

    public MockClusterHandle(nint cluster, nint client, GCHandle log)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        _client = client;
        _log = log;
        SetHandle(cluster);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        // The cluster first, for it uses the client; the log last, for both write to it. Each call joins its threads.
        Librdkafka.DestroyMockCluster(handle);
        Librdkafka.DestroyClient(_client);
        if (_log.IsAllocated)
        {
            _log.Free();
        }

        return true;
    }
}
