using System.Diagnostics;

namespace Throughline.OpenTelemetry.Tests;

/// <summary>One order's way: request, send, process with a link and an event, and a commit that fails.</summary>
internal sealed class OrderTrace
{
    private OrderTrace(Activity request, Activity send, Activity process, Activity commit)
    {
        Request = request;
        Send = send;
        Process = process;
        Commit = commit;
    }

    public Activity Request { get; }

    public Activity Send { get; }

    public Activity Process { get; }

    public Activity Commit { get; }

    public string TraceId => Request.TraceId.ToHexString();

    public static OrderTrace Record(ActivitySource source)
    {
        var request = source.StartActivity("POST /orders", ActivityKind.Server, default(ActivityContext))!;
        var send = source.StartActivity("send orders", ActivityKind.Producer)!;
        send.SetTag("messaging.system", "kafka").SetTag("messaging.kafka.offset", 42L).SetTag("server.address", "127.0.0.1");
        send.Stop();
        request.Stop();
        var remote = new ActivityContext(send.TraceId, send.SpanId, ActivityTraceFlags.Recorded, "vendor=1", isRemote: true);
        var process = source.StartActivity(
            ActivityKind.Consumer, remote, [new("messaging.system", "kafka")], [new(remote, new([new("partition", 3)]))], name: "process orders")!;
        process.SetTag("list", new[] { "a", "b" }).SetTag("ratio", 0.5).SetTag("flag", true);
        process.AddEvent(new("retried", tags: new([new("attempt", 2)])));
        var commit = source.StartActivity("commit orders", ActivityKind.Client)!;
        commit.SetStatus(ActivityStatusCode.Error, "no coordinator").SetTag("error.type", "COORDINATOR_NOT_AVAILABLE");
        commit.Stop();
        process.Stop();
        return new(request, send, process, commit);
    }
}
