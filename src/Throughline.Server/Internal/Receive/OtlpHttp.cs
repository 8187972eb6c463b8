using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Receive;

/// <summary>OTLP over HTTP: protobuf or JSON in, and the reply in the same.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp</remarks>
internal sealed class OtlpHttp(Receiver receiver, SignalKind kind)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    public async Task HandleAsync(HttpContext context)
    {
        // 1. In which form is it?
        if (FormOf(context.Request.ContentType) is not { } form)
        {
            await HttpReply.SendTextAsync(
                context, StatusCodes.Status415UnsupportedMediaType,
                $"the content type \"{context.Request.ContentType}\" is not known; allowed are {Protobuf} and {Json}")
                .ConfigureAwait(false);
            return;
        }

        // 2. Take it.
        WireLimits.Set(context, receiver.Options);
        var answer = await receiver.TakeAsync(
            kind, form, HttpReply.Compression(context), context.Request.Body, context.Request.ContentLength,
            context.RequestAborted).ConfigureAwait(false);

        // 3. Say what became of it.
        HttpReply.SetHeaders(context, answer);
        await HttpReply.SendAsync(
            context, HttpReply.StatusOf(answer.Result), form == PayloadForm.Json ? Json : Protobuf, Body(answer, form))
            .ConfigureAwait(false);
    }

    private byte[] Body(ReceiveAnswer answer, PayloadForm form) => (answer.Result, form) switch
    {
        (ReceiveResult.Accepted, PayloadForm.Json) => ExportResponse.ToJson(kind, answer),
        (ReceiveResult.Accepted, _) => ExportResponse.ToProtobuf(answer),
        (_, PayloadForm.Json) => RpcStatus.Of(answer).ToJson(),
        _ => RpcStatus.Of(answer).ToProtobuf(),
    };

    private static PayloadForm? FormOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? type.MediaType.Value?.ToLowerInvariant() switch
            {
                Protobuf or "application/protobuf" => PayloadForm.Protobuf,
                Json => PayloadForm.Json,
                _ => null,
            }
            : null;
}
