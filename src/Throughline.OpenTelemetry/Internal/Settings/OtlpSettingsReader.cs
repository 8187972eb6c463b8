using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>OTEL_EXPORTER_OTLP_* for one signal; each setting is the signal's own, else the general one, else the default.</summary>
internal sealed class OtlpSettingsReader(SettingReader reader, string signal, string httpPath)
{
    private const string Unset = "it counts as unset";
    private const int GrpcPort = 4317;
    private const int HttpPort = 4318;

    private static readonly TimeSpan TimeoutDefault = TimeSpan.FromSeconds(10);

    private static readonly (string Name, OtlpProtocol Value)[] Protocols =
    [
        ("grpc", OtlpProtocol.Grpc),
        ("http/protobuf", OtlpProtocol.HttpProtobuf),
        ("http/json", OtlpProtocol.HttpJson),
    ];

    private static readonly (string Name, bool Value)[] Compressions = [("gzip", true), ("none", false)];

    /// <summary>Reads the signal's settings.</summary>
    /// <param name="defaultHost">The host that is meant where no endpoint is given.</param>
    public OtlpSettings Read(string defaultHost)
    {
        // gRPC, as with this SDK's own AddOtlpExporter().
        var protocol = Own("PROTOCOL", name => reader.Choice(name, Protocols, Unset)) ?? OtlpProtocol.Grpc;
        return new(
            protocol,
            Endpoint(protocol, defaultHost),
            Headers(),
            Own("TIMEOUT", name => reader.Timeout(name, Unset)) ?? TimeoutDefault,
            Own("COMPRESSION", name => reader.Choice(name, Compressions, Unset)) ?? false,
            TrustedRoots(),
            ClientCertificate());
    }

    private T? Own<T>(string setting, Func<string, T?> read)
        where T : struct =>
        read(SettingNames.Otlp(signal, setting)) ?? read(SettingNames.Otlp(setting));

    private Uri Endpoint(OtlpProtocol protocol, string defaultHost)
    {
        if (Address(SettingNames.Otlp(signal, "ENDPOINT"), protocol) is { } asGiven)
        {
            return asGiven;
        }

        var general = Address(SettingNames.Otlp("ENDPOINT"), protocol)
            ?? new UriBuilder("http", defaultHost, protocol == OtlpProtocol.Grpc ? GrpcPort : HttpPort).Uri;
        return protocol == OtlpProtocol.Grpc ? general : WithPath(general);
    }

    private Uri WithPath(Uri general)
    {
        var address = new UriBuilder(general);
        address.Path = address.Path.TrimEnd('/') + "/" + httpPath;
        return address.Uri;
    }

    private Uri? Address(string variable, OtlpProtocol protocol)
    {
        var value = reader.Text(variable);
        if (value is null)
        {
            return null;
        }

        var address = SettingAddress.TryParse(value, out var parsed) ? parsed
            : protocol == OtlpProtocol.Grpc && !value.Contains("://", StringComparison.Ordinal) ? WithoutScheme(variable, value)
            : null;
        if (address is null)
        {
            reader.Wrong(variable, value, "an address such as http://collector:4318", Unset);
            return null;
        }

        HintAtPort(variable, address, protocol);
        return address;
    }

    /// <summary>`host:port` is allowed for gRPC, and is secure unless said otherwise.</summary>
    private Uri? WithoutScheme(string variable, string value)
    {
        var insecure = Own("INSECURE", name => reader.Text(name) is null ? (bool?)null : reader.Flag(name)) ?? false;
        if (!SettingAddress.TryParse((insecure ? "http://" : "https://") + value, out var address))
        {
            return null;
        }

        if (!insecure)
        {
            reader.Hint(
                variable,
                $"\"{SettingText.Show(value)}\" has no scheme and is taken as https; write http:// before it for a server without TLS");
        }

        return address;
    }

    /// <summary>The commonest reason why nothing arrives: one protocol spoken to the other's port.</summary>
    private void HintAtPort(string variable, Uri address, OtlpProtocol protocol)
    {
        if (protocol == OtlpProtocol.Grpc && address.Port == HttpPort)
        {
            reader.Hint(variable, $"port {HttpPort} is usually OTLP over HTTP, and the protocol in force is grpc; "
                + $"if nothing arrives, set {SettingNames.Otlp("PROTOCOL")}=http/protobuf");
        }
        else if (protocol != OtlpProtocol.Grpc && address.Port == GrpcPort)
        {
            reader.Hint(variable, $"port {GrpcPort} is usually OTLP over gRPC, and the protocol in force is HTTP; "
                + $"if nothing arrives, set {SettingNames.Otlp("PROTOCOL")}=grpc");
        }
    }

    private List<KeyValuePair<string, string>> Headers()
    {
        var variable = SettingNames.Otlp(signal, "HEADERS");
        var list = reader.Text(variable);
        if (list is null)
        {
            variable = SettingNames.Otlp("HEADERS");
            list = reader.Text(variable) ?? string.Empty;
        }

        var headers = KeyValueList.Parse(list, out var malformed).ToList();
        foreach (var place in malformed)
        {
            reader.WrongSecret(variable, $"member {place} is not name=value with percent-encoded parts", "it is skipped");
        }

        foreach (var unfit in headers.Where(header => !HttpHeaderText.IsName(header.Key) || !HttpHeaderText.IsValue(header.Value)))
        {
            reader.WrongSecret(variable, "a name or value that no HTTP header can have", "it is skipped");
        }

        headers.RemoveAll(header => !HttpHeaderText.IsName(header.Key) || !HttpHeaderText.IsValue(header.Value));
        return headers;
    }

    private X509Certificate2Collection TrustedRoots()
    {
        var roots = new X509Certificate2Collection();
        Load("CERTIFICATE", "a readable PEM file of trusted certificates", (_, path) => roots.ImportFromPemFile(path));
        return roots;
    }

    private X509Certificate2? ClientCertificate()
    {
        X509Certificate2? certificate = null;
        var key = reader.Text(SettingNames.Otlp(signal, "CLIENT_KEY")) ?? reader.Text(SettingNames.Otlp("CLIENT_KEY"));
        Load(
            "CLIENT_CERTIFICATE",
            "a readable PEM file whose key is in it or in " + SettingNames.Otlp("CLIENT_KEY"),
            (_, path) => certificate = X509Certificate2.CreateFromPemFile(path, key));
        return certificate;
    }

    private void Load(string setting, string expected, Action<string, string> load)
    {
        var variable = SettingNames.Otlp(signal, setting);
        var path = reader.Text(variable);
        if (path is null)
        {
            variable = SettingNames.Otlp(setting);
            path = reader.Text(variable);
        }

        if (path is null)
        {
            return;
        }

        try
        {
            load(variable, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            reader.Wrong(variable, path, expected, Unset);
        }
    }
}
