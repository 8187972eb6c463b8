using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Pipeline;

public sealed class RecoveryTests : IDisposable
{
    private const int Requests = 60;

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedStore _store = new(new MemoryStore());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_quiet_is_settled_and_kept_while_the_log_is_read_again()
    {
        var (crashed, restarted) = (Path.Join(_folder.Path, "crashed"), Path.Join(_folder.Path, "restarted"));
        await using (var host = await OpenAsync(crashed, TimeSpan.FromHours(1), new WatchedStore(new MemoryStore())))
        {
            for (var i = 1; i <= Requests; i++)
            {
                var trace = i.ToString("x32");
                var payload = OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "send orders", (int)SpanKind.Producer, trace: trace));
                Assert.Equal(IngestAnswer.Ok, await host.Ingest.TakeAsync(SignalKind.Traces, payload, Cancel));
            }
        }

        // Only the log is left: as if it had died before its first checkpoint.
        Directory.CreateDirectory(Path.Join(restarted, "log"));
        foreach (var file in Directory.GetFiles(Path.Join(crashed, "log")))
        {
            File.Copy(file, Path.Join(restarted, "log", Path.GetFileName(file)));
        }

        await using (var host = await OpenAsync(restarted, TimeSpan.Zero, _store))
        {
            await host.SettledAsync(TimeSpan.FromSeconds(20), Cancel);
            Assert.Equal(Requests, _store.Statistics.Spans);
        }

        // The first checkpoint comes when all is read.
        Assert.InRange(_store.SpansAtFirstFlush, Requests / 2, Requests);
    }

    private static Task<PipelineHost> OpenAsync(string folder, TimeSpan settleAfter, WatchedStore store) => PipelineHost.OpenAsync(
        new PipelineSettings
        {
            Folder = folder,
            Assembly = new AssemblyOptions { SettleAfter = settleAfter, SettleLatest = TimeSpan.FromHours(1) },
            Pipeline = new PipelineOptions { SettleEvery = TimeSpan.FromMicroseconds(1), CheckpointEvery = TimeSpan.FromHours(1) },
            MakeStore = () => store,
            MakeWatchers = () => new ClusterWatchers([], new WatchSettings(), TimeProvider.System),
        },
        DiskFiles.Instance,
        TimeProvider.System,
        NullLogger.Instance);
}
