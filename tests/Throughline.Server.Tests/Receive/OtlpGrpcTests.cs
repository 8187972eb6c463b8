using System.Text;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Receive;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Receive;

public sealed class OtlpGrpcTests : IAsyncLifetime
{
    private const int SizeMax = 1024 * 1024;
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Internal = 13;
    private const int Unavailable = 14;

    private ReceiveHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ReceiveHost.StartAsync(
        new ReceiveOptions { RequestSizeMax = SizeMax, InFlightMax = 3 * SizeMax });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_request_is_taken_and_answered_by_an_empty_message()
    {
        var call = await SendAsync(GrpcCall.Frame(Requests.OneSpan));

        Assert.Equal(0, call.Status);
        Assert.Equal(new byte[5], call.Reply);
        Assert.Equal(Requests.OneSpan, (await _host.Ingest.NextAsync()).Payload);
    }

    [Theory]
    [InlineData("logs.v1.LogsService", SignalKind.Logs)]
    [InlineData("metrics.v1.MetricsService", SignalKind.Metrics)]
    public async Task The_other_signals_have_their_services(string service, object kind)
    {
        var call = await GrpcCall.SendAsync(
            _host.Grpc, GrpcCall.Frame(OtlpRequest.Of(_ => { })), $"/opentelemetry.proto.collector.{service}/Export");

        Assert.Equal(0, call.Status);
        Assert.Equal(kind, (await _host.Ingest.NextAsync()).Kind);
    }

    [Fact]
    public async Task An_empty_message_is_a_success() => Assert.Equal(0, (await SendAsync(GrpcCall.Frame([]))).Status);

    [Fact]
    public async Task A_compressed_message_is_taken()
    {
        var call = await SendAsync(GrpcCall.Frame(Requests.Gzip(Requests.OneSpan), flag: 1), "gzip");

        Assert.Equal(0, call.Status);
        Assert.Equal(Requests.OneSpan, (await _host.Ingest.NextAsync()).Payload);
    }

    [Fact]
    public async Task A_message_may_be_plain_where_others_are_compressed() =>
        Assert.Equal(0, (await SendAsync(GrpcCall.Frame(Requests.OneSpan), "gzip")).Status);

    [Fact]
    public async Task Rejected_spans_are_told_as_a_partial_success()
    {
        var call = await SendAsync(GrpcCall.Frame(OtlpRequest.Of(
            request => OtlpRequest.AddSpan(request, "bad", 1, trace: "0af7"))));

        Assert.Equal(0, call.Status);
        var partial = OtlpSpan.Field(call.Reply.AsSpan(5), (1 << 3) | 2);
        Assert.Equal("trace_id has 2 bytes; it has to have 16", Encoding.UTF8.GetString(OtlpSpan.Field(partial, (2 << 3) | 2)));
    }

    [Fact]
    public async Task A_full_log_is_unavailable_with_the_time_to_try_again()
    {
        _host.Ingest.Answers.Enqueue(new IngestAnswer(
            IngestResult.Full, Message: "the log is 100 % full, żółw", RetryAfter: TimeSpan.FromSeconds(1.5)));

        var call = await SendAsync(GrpcCall.Frame(Requests.OneSpan));

        Assert.Equal((Unavailable, "the log is 100 % full, żółw"), (call.Status, call.Message));
        var any = OtlpSpan.Field(call.Details, (3 << 3) | 2);
        Assert.Equal("type.googleapis.com/google.rpc.RetryInfo", Encoding.UTF8.GetString(OtlpSpan.Field(any, (1 << 3) | 2)));
        var delay = OtlpSpan.Field(OtlpSpan.Field(any, (2 << 3) | 2), (1 << 3) | 2);
        Assert.Equal(OtlpRequest.Build(it =>
        {
            it.Varint(1 << 3, 1);
            it.Varint(2 << 3, 500_000_000);
        }), delay.ToArray());
    }

    [Theory]
    [InlineData(SizeMax + 1, false)]
    [InlineData(SizeMax + 1, true)]
    [InlineData(50 * SizeMax, true)]
    public async Task Too_large_a_message_is_refused_for_good(int size, bool isCompressed)
    {
        var body = new byte[size];

        var call = isCompressed
            ? await SendAsync(GrpcCall.Frame(Requests.Gzip(body), flag: 1), "gzip")
            : await SendAsync(GrpcCall.Frame(body));

        Assert.Equal(ResourceExhausted, call.Status);
        Assert.Contains("1,048,576 are allowed", call.Message, StringComparison.Ordinal);
        Assert.True(OtlpSpan.Field(call.Details, (3 << 3) | 2).IsEmpty);
    }

    [Fact]
    public async Task A_message_that_HTTP_tells_to_be_too_large_is_refused_unread() =>
        Assert.Equal(ResourceExhausted, (await SendAsync(GrpcCall.Frame(new byte[4 * SizeMax]))).Status);

    [Fact]
    public async Task A_length_that_lies_is_not_believed()
    {
        var call = await SendAsync(GrpcCall.Frame(Requests.OneSpan, length: SizeMax));

        Assert.Equal(InvalidArgument, call.Status);
        Assert.Contains("before the length that its header tells", call.Message, StringComparison.Ordinal);
        Assert.Equal(0, _host.Receiver.InFlight);
    }

    [Fact]
    public async Task What_is_no_message_is_refused_with_the_cause()
    {
        var none = await SendAsync([]);
        var malformed = await SendAsync(GrpcCall.Frame([0x0A, 0x7F]));
        var flag = await SendAsync(GrpcCall.Frame(Requests.OneSpan, flag: 2));

        Assert.Equal((InvalidArgument, "the request has 0 bytes, and a message begins with 5"), (none.Status, none.Message));
        Assert.Equal(InvalidArgument, malformed.Status);
        Assert.StartsWith("this is no OTLP protobuf", malformed.Message, StringComparison.Ordinal);
        Assert.Equal((InvalidArgument, "a message's compression flag is 2, and has to be 0 or 1"), (flag.Status, flag.Message));
    }

    [Fact]
    public async Task A_compression_that_is_unknown_or_not_told_is_refused()
    {
        var unknown = await SendAsync(GrpcCall.Frame(Requests.OneSpan, flag: 1), "snappy");
        var untold = await SendAsync(GrpcCall.Frame(Requests.OneSpan, flag: 1));

        Assert.Equal((Unimplemented, "the compression \"snappy\" is not known; allowed are gzip, deflate"), (unknown.Status, unknown.Message));
        Assert.Equal(Internal, untold.Status);
    }

    [Theory]
    [InlineData("10S", 10_000)]
    [InlineData("1500m", 1500)]
    [InlineData("2M", 120_000)]
    [InlineData("1H", 3_600_000)]
    [InlineData("5000u", 5)]
    [InlineData("3000000n", 3)]
    [InlineData("S", null)]
    [InlineData("123456789S", null)]
    [InlineData("-1S", null)]
    [InlineData("10X", null)]
    [InlineData("", null)]
    public void Deadlines_are_read(string header, int? ms) =>
        Assert.Equal(ms is { } it ? TimeSpan.FromMilliseconds(it) : null, GrpcTimeout.Parse(header));

    private Task<GrpcCall> SendAsync(byte[] body, string? encoding = null) =>
        GrpcCall.SendAsync(_host.Grpc, body, encoding: encoding);
}
