using System.Diagnostics.CodeAnalysis;

namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>An absolute http or https address. (<see cref="Uri"/> alone takes <c>localhost:4317</c> for the scheme "localhost".)</summary>
internal static class SettingAddress
{
    public static bool TryParse(string value, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(value, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.Host.Length > 0;
}
