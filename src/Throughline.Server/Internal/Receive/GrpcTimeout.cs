using System.Globalization;

namespace Throughline.Server.Internal.Receive;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit, <c>10S</c>.</summary>
/// <remarks>https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md</remarks>
internal static class GrpcTimeout
{
    private const int DigitsMax = 8;

    /// <returns>Null where there is none, or it is none.</returns>
    public static TimeSpan? Parse(string? header)
    {
        if (header is not { Length: > 1 and <= DigitsMax + 1 }
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return header[^1] switch
        {
            'H' => TimeSpan.FromHours(count),
            'M' => TimeSpan.FromMinutes(count),
            'S' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMilliseconds(count),
            'u' => TimeSpan.FromMicroseconds(count),
            'n' => TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }
}
