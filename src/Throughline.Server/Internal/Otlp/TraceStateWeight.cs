using System.Globalization;
using System.Text;

namespace Throughline.Server.Internal.Otlp;

/// <summary>How many spans a sampled one stands for: the rejection threshold <c>th</c> in the <c>ot</c> entry of its tracestate.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/trace/tracestate-handling/</remarks>
internal static class TraceStateWeight
{
    private const int DigitsMax = 14;
    private const double Whole = 1UL << 56;

    /// <summary>1 where the tracestate does not say, or says what is none.</summary>
    public static double Of(ReadOnlySpan<byte> traceState)
    {
        if (traceState.IndexOf("ot="u8) < 0)
        {
            return 1;
        }

        foreach (var range in traceState.Split((byte)','))
        {
            var member = Ascii.Trim(traceState[range]);
            var entry = traceState[range][member];
            if (entry.StartsWith("ot="u8))
            {
                return OfEntry(entry["ot="u8.Length..]);
            }
        }

        return 1;
    }

    private static double OfEntry(ReadOnlySpan<byte> entry)
    {
        foreach (var range in entry.Split((byte)';'))
        {
            var field = entry[range];
            if (field.StartsWith("th:"u8))
            {
                return OfThreshold(field["th:"u8.Length..]);
            }
        }

        return 1;
    }

    private static double OfThreshold(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is 0 or > DigitsMax
            || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var threshold))
        {
            return 1;
        }

        return Whole / (Whole - (threshold << (4 * (DigitsMax - digits.Length))));
    }
}
