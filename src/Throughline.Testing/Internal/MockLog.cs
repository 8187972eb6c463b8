using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Throughline.Testing.Internal;

/// <summary>Receives librdkafka's log lines, which would go to stderr otherwise.</summary>
internal static class MockLog
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static unsafe void Write(nint client, int level, byte* facility, byte* text)
    {
        // Lines from before the client exists have nowhere to go.
        if (client == 0)
        {
            return;
        }

        var opaque = Librdkafka.GetOpaque(client);
        if (opaque == 0 || GCHandle.FromIntPtr(opaque).Target is not Action<string> log)
        {
            return;
        }

        try
        {
            var name = Marshal.PtrToStringUTF8((nint)facility);
            log($"{level} {name} {Marshal.PtrToStringUTF8((nint)text)}");
        }
        catch (Exception)
        {
            // An exception must not cross into librdkafka's thread: it would end the process.
        }
    }
}
