using System.Text.Json;
using Throughline.Server.Tests.Api;

namespace Throughline.Server.Tests.Compat;

/// <summary>A real Zipkin and this server, given the same spans in Zipkin's form, are asked the same.</summary>
public sealed class ZipkinComparisonTests(ZipkinPair pair) : IClassFixture<ZipkinPair>
{
    private static readonly long EpochUs = ZipkinPair.EpochUs;

    private static readonly string Times = $"endTs={(EpochUs / 1000) + 60_000}&lookback=120000";

    [Fact]
    public async Task Answers_are_the_same()
    {
        Assert.SkipWhen(pair.Zipkin is null, "there is no Zipkin");
        foreach (var path in (string[])
                 [
                     "services", "spans?serviceName=shop", "spans?serviceName=SHOP", "spans?serviceName=nobody", "spans", "remoteServices?serviceName=shop",
                     $"trace/{Samples.Order}", "trace/ab", "trace/ff", "trace/zz", $"traceMany?traceIds=ab,{Samples.Order}", "traceMany?traceIds=ab",
                     $"traces?{Times}", $"traces?serviceName=mailer&{Times}", $"traces?spanName=tidy&{Times}", $"traces?serviceName=cron&spanName=all&{Times}",
                     $"traces?serviceName=shop&spanName=process%20orders&{Times}", $"traces?remoteServiceName=stock&{Times}",
                     $"traces?annotationQuery=error&{Times}", $"traces?annotationQuery=error%3Dno%20such%20address%20and%20retried&{Times}",
                     $"traces?annotationQuery=http.route%3D/orders%20and%20kafka.topic&serviceName=shop&{Times}",
                     $"traces?annotationQuery=http.route%3D/nowhere&{Times}", $"traces?minDuration=2000000&{Times}",
                     $"traces?minDuration=100000&maxDuration=1000000&{Times}", $"traces?limit=1&{Times}", "traces?limit=0", "traces?limit=x",
                     "traces?maxDuration=10", "traces?minDuration=10&maxDuration=5", $"traces?endTs={(EpochUs / 1000) - 1000}&lookback=1000",
                     $"dependencies?{Times}", "dependencies", "autocompleteValues",
                 ])
        {
            var (theirStatus, theirs) = await ZipkinPair.AskAsync(new Uri(pair.Zipkin.Query, "api/v2/" + path));
            var (ourStatus, ours) = await ZipkinPair.AskAsync(new Uri(pair.Server.Client.BaseAddress!, "zipkin/api/v2/" + path));
            Assert.True(theirStatus == ourStatus, $"{path}: Zipkin answers {theirStatus}, this server {ourStatus}: {ours}");
            if (theirStatus == 200)
            {
                Assert.True(JsonForm.Of(theirs) == JsonForm.Of(ours), $"{path}\nZipkin: {JsonForm.Of(theirs)}\nours: {JsonForm.Of(ours)}");
            }
        }
    }

    [Fact]
    public async Task Spans_of_OpenTelemetry_are_told_in_Zipkins_words()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var trace = await server.GetAsync($"/zipkin/api/v2/trace/{Samples.Billing}");
        Assert.Equal(
            """{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","id":"53995c3f42cd8ad8","kind":"CONSUMER","name":"process orders","timestamp":1795255207000000,"duration":20000,"localEndpoint":{"serviceName":"billing"},"remoteEndpoint":{"serviceName":"kafka"},"tags":{"messaging.system":"kafka","messaging.operation.name":"process","messaging.operation.type":"process","messaging.destination.name":"orders","messaging.destination.partition.id":"3","messaging.kafka.offset":"4711","messaging.consumer.group.name":"billing-group","otel.scope.name":"sample","otel.link.0":"0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"}}""",
            JsonSerializer.Serialize(trace[0]));
        var order = await server.GetAsync($"/zipkin/api/v2/trace/{Samples.Order}");
        Assert.Equal(
            """[{"timestamp":1795255200201000,"value":"\u0022exception\u0022:{\u0022exception.type\u0022:\u0022MailException\u0022}"}]""",
            JsonSerializer.Serialize(order[2].GetProperty("annotations")));
    }

    [Fact]
    public async Task Names_and_values_to_complete_with_are_those_of_stored_spans()
    {
        Assert.Contains("http.route", (await pair.Server.AskAsync("/zipkin/api/v2/autocompleteKeys")).Text, StringComparison.Ordinal);
        Assert.Equal("""["/orders"]""", (await pair.Server.AskAsync("/zipkin/api/v2/autocompleteValues?key=http.route")).Text);
    }
}
