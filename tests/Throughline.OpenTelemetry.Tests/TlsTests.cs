using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Throughline.OpenTelemetry.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("throughline-tls");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task Own_authority_and_client_certificate_are_used(string protocol)
    {
        using var authority = Certificate("authority", null);
        using var server = Certificate("127.0.0.1", authority);
        using var client = Certificate("a client", authority);
        var seen = new TaskCompletionSource<string?>();
        await using var receiver = Serve(server, seen);
        await receiver.StartAsync(TestContext.Current.CancellationToken);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            new Uri(receiver.Urls.Single()),
            protocol,
            ("OTEL_EXPORTER_OTLP_CERTIFICATE", Write("ca.pem", authority.ExportCertificatePem())),
            ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", Write("client.pem", client.ExportCertificatePem())),
            ("OTEL_EXPORTER_OTLP_CLIENT_KEY", Write("client.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()))));
        telemetry.Span("a");
        telemetry.Flush();

        Assert.Equal("CN=a client", await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Empty(telemetry.Warnings);
    }

    [Fact]
    public async Task Server_of_another_authority_is_refused()
    {
        using var authority = Certificate("authority", null);
        using var other = Certificate("other", null);
        using var server = Certificate("127.0.0.1", other);
        var seen = new TaskCompletionSource<string?>();
        await using var receiver = Serve(server, seen);
        await receiver.StartAsync(TestContext.Current.CancellationToken);
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            new Uri(receiver.Urls.Single()),
            "http/json",
            ("OTEL_EXPORTER_OTLP_CERTIFICATE", Write("ca.pem", authority.ExportCertificatePem()))));
        telemetry.Span("a");
        telemetry.Flush();

        Assert.Contains("SSL", Assert.Single(telemetry.Warnings), StringComparison.Ordinal);
        Assert.False(seen.Task.IsCompleted);
    }

    private static WebApplication Serve(X509Certificate2 certificate, TaskCompletionSource<string?> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        var server = builder.Build();
        server.Run(async context =>
        {
            seen.TrySetResult((await context.Connection.GetClientCertificateAsync())?.Subject);
            if (context.Request.ContentType == "application/grpc")
            {
                context.Response.ContentType = "application/grpc";
                await context.Response.Body.WriteAsync(new byte[5]);
                context.Response.AppendTrailer("grpc-status", "0");
            }
        });
        return server;
    }

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // Certificates have whole seconds, and none may outlive its issuer: so all have the issuer's times.
        var from = new DateTimeOffset(issuer?.NotBefore ?? DateTime.UtcNow.AddDays(-1));
        var to = new DateTimeOffset(issuer?.NotAfter ?? DateTime.UtcNow.AddDays(1));
        using var made = issuer is null
            ? request.CreateSelfSigned(from, to)
            : request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
