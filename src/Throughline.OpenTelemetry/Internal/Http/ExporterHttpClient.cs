using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Http;

/// <summary>The HTTP client of one exporter, with what OTEL_EXPORTER_OTLP_* say about TLS and headers.</summary>
internal static class ExporterHttpClient
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static HttpClient For(OtlpSettings settings)
    {
        var client = Create(settings.Timeout, settings.TrustedRoots, settings.ClientCertificate);
        foreach (var (name, value) in settings.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    public static HttpClient For(TimeSpan timeout) => Create(timeout, [], null);

    private static HttpClient Create(TimeSpan timeout, X509Certificate2Collection trustedRoots, X509Certificate2? certificate)
    {
        // A bounded lifetime, so that a changed DNS answer is noticed by a program that runs for weeks.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime };
        if (trustedRoots.Count > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(trustedRoots);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        }

        return new HttpClient(handler) { Timeout = timeout };
    }
}
