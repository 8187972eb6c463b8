using System.Security.Cryptography.X509Certificates;

namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>Where and how one signal goes over OTLP, with the signal's own variables already preferred.</summary>
/// <param name="Protocol">The transport.</param>
/// <param name="Endpoint">The whole address: for HTTP with the signal's path, for gRPC without the method.</param>
/// <param name="Headers">Sent with every request; secret.</param>
/// <param name="Timeout">For one batch, its retries included.</param>
/// <param name="Gzip">Whether requests are compressed.</param>
/// <param name="TrustedRoots">The certificates that alone may vouch for the server; empty for the system's.</param>
/// <param name="ClientCertificate">What the client shows of itself, with its key.</param>
internal sealed record OtlpSettings(
    OtlpProtocol Protocol,
    Uri Endpoint,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    TimeSpan Timeout,
    bool Gzip,
    X509Certificate2Collection TrustedRoots,
    X509Certificate2? ClientCertificate);
