using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Receive;

namespace Throughline.Dashboard.Internal.Health;

/// <summary>Requests of one signal in one form since the start.</summary>
/// <param name="Signal">What was sent.</param>
/// <param name="Form">How.</param>
/// <param name="Accepted">Requests that are on disk.</param>
/// <param name="Refused">Those that are not, by cause; without causes that did not happen.</param>
internal sealed record ReceivedRow(string Signal, string Form, long Accepted, IReadOnlyList<(string Cause, long Requests)> Refused)
{
    /// <summary>Only what was sent at all.</summary>
    public static IReadOnlyList<ReceivedRow> All(ReceiveCounts counts) =>
    [
        .. from kind in Enum.GetValues<SignalKind>()
           from form in Enum.GetValues<PayloadForm>()
           let row = Of(counts, kind, form)
           where row.Accepted > 0 || row.Refused.Count > 0
           select row,
    ];

    private static ReceivedRow Of(ReceiveCounts counts, SignalKind kind, PayloadForm form) => new(
        kind.ToString().ToLowerInvariant(),
        form switch
        {
            PayloadForm.Protobuf => "OTLP protobuf, gRPC or HTTP",
            PayloadForm.Json => "OTLP JSON",
            _ => "Zipkin JSON",
        },
        counts[kind, form, ReceiveResult.Accepted],
        [
            .. Enum.GetValues<ReceiveResult>()
                .Where(static result => result != ReceiveResult.Accepted)
                .Select(result => (Cause: CauseOf(result), Requests: counts[kind, form, result]))
                .Where(static refused => refused.Requests > 0),
        ]);

    private static string CauseOf(ReceiveResult result) => result switch
    {
        ReceiveResult.Busy => "not now",
        ReceiveResult.Malformed => "cannot be read",
        ReceiveResult.TooLarge => "too large",
        ReceiveResult.Unsupported => "unknown compression",
        _ => "did not come in time",
    };
}
