namespace Throughline.Propagation.Internal;

/// <summary>
/// How much baggage travels: at least 64 members and 8192 bytes by the W3C; 180 members as OpenTelemetry's SDKs allow.
/// </summary>
internal static class BaggageLimits
{
    public const int LengthMax = 8192;
    public const int MembersMax = 180;

    /// <summary>Whether one more member, with the comma before it, still fits.</summary>
    public static bool Fits(int members, int length, int memberLength) =>
        members < MembersMax && length + memberLength + (members > 0 ? 1 : 0) <= LengthMax;
}
