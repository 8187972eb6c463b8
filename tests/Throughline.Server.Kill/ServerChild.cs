using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Hosting;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Tests.Files;

namespace Throughline.Server.Kill;

/// <summary>
/// The real server, in a process that will be killed. Only the disk beneath its log is ours, and its times are short, so
/// that segments roll and checkpoints come while it lives.
/// </summary>
internal static class ServerChild
{
    public const string Command = "child";

    public static async Task RunAsync(string folder, KillPoint point, int passes)
    {
        var kill = new KillSwitch(point, passes);
        await using var server = await ThroughlineServer.StartAsync(
            Options(folder), Seams(new KillingFiles(new ForgetfulFiles(), kill), kill), NullLoggerFactory.Instance, CancellationToken.None);
        Console.WriteLine(server.OtlpHttpAddress);

        // The parent closes this when it goes away.
        await Console.In.ReadToEndAsync();
    }

    public static ThroughlineServerOptions Options(string folder) => new()
    {
        DataFolder = folder,
        Port = 0,
        OtlpGrpcPort = 0,
        OtlpHttpPort = 0,
        SettleAfter = TimeSpan.FromMilliseconds(150),
        SettleLatest = TimeSpan.FromMilliseconds(600),
    };

    public static ServerSeams Seams(IDurableFiles files, KillSwitch? kill) => new()
    {
        Files = files,
        Pipeline = new PipelineOptions
        {
            SettleEvery = TimeSpan.FromMilliseconds(20),
            CheckpointEvery = TimeSpan.FromMilliseconds(100),
            BlockAgeMax = TimeSpan.FromMilliseconds(300),
        },
        Log = new IngestLogOptions { SegmentSizeMax = 256 << 10 },
        Around = store => kill is null ? store : new KillingStore(store, kill),
    };
}
