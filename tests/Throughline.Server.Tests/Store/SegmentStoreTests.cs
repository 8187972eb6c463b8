using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Tests.Store;

public sealed class SegmentStoreTests : SpanStoreSuite
{
    private protected override ISpanStore Open() => new SegmentStore(
        Options(Folder), new OtlpDecoder(), DiskFiles.Instance, Time, NullLogger<SegmentStore>.Instance);

    private protected override void Settle(ISpanStore store)
    {
        base.Settle(store);
        ((SegmentStore)store).Settle();
    }

    internal static SegmentStoreOptions Options(string folder) => new()
    {
        Folder = folder,
        SegmentRowsMax = 120,
        BlockRowsMax = 16,
        BlocksWaitingMax = 3,
        OpenIndexesMax = 2,
    };
}
