using System.Globalization;

namespace Throughline.Dashboard.Internal.Text;

/// <summary>How the pages write numbers. What is not known is a dash, never a zero.</summary>
internal static class Words
{
    public const string Unknown = "–";

    private const double NsPerMicrosecond = 1e3;
    private const double NsPerMillisecond = 1e6;
    private const double NsPerSecond = 1e9;
    private const double SecondsPerMinute = 60;
    private const double SecondsPerHour = 3600;
    private const double SecondsPerDay = 86400;

    /// <summary>Three digits and a unit: <c>1.23 ms</c>, <c>2 m 05 s</c>, <c>3 d 04 h</c>.</summary>
    public static string Duration(double? nanoseconds)
    {
        if (nanoseconds is not { } ns)
        {
            return Unknown;
        }

        if (ns < 0)
        {
            return $"−{Duration(-ns)}";
        }

        var seconds = ns / NsPerSecond;
        return seconds switch
        {
            < 999.5e-9 => $"{Number(ns)} ns",
            < 999.5e-6 => $"{Number(ns / NsPerMicrosecond)} µs",
            < 0.9995 => $"{Number(ns / NsPerMillisecond)} ms",
            < SecondsPerMinute => $"{Number(seconds)} s",
            < SecondsPerHour => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / SecondsPerMinute)} m {(int)(seconds % SecondsPerMinute):00} s"),
            < SecondsPerDay => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / SecondsPerHour)} h {(int)(seconds % SecondsPerHour / SecondsPerMinute):00} m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / SecondsPerDay)} d {(int)(seconds % SecondsPerDay / SecondsPerHour):00} h"),
        };
    }

    /// <summary>Whole below 10,000; then three digits and k, M, G.</summary>
    public static string Count(double? count) => count switch
    {
        null => Unknown,
        { } many when Math.Abs(many) < 10_000 => Math.Round(many, Math.Abs(many) < 10 && many != Math.Floor(many) ? 1 : 0).ToString("#,0.#", CultureInfo.InvariantCulture),
        { } many when Math.Abs(many) < 999_500 => $"{Number(many / 1e3)} k",
        { } many when Math.Abs(many) < 999.5e6 => $"{Number(many / 1e6)} M",
        { } many => $"{Number(many / 1e9)} G",
    };

    /// <summary>By second, or by minute or hour where there are few.</summary>
    public static string Rate(double? perSecond) => perSecond switch
    {
        null => Unknown,
        0 => "0/s",
        >= 0.95 => $"{Count(perSecond)}/s",
        >= 0.95 / 60 => $"{Number(perSecond.Value * 60)}/min",
        _ => $"{Number(perSecond.Value * 3600)}/h",
    };

    public static string Bytes(double? bytes) => bytes switch
    {
        null => Unknown,
        < 1000 => $"{Number(bytes.Value)} B",
        < 999.5e3 => $"{Number(bytes.Value / 1e3)} kB",
        < 999.5e6 => $"{Number(bytes.Value / 1e6)} MB",
        _ => $"{Number(bytes.Value / 1e9)} GB",
    };

    /// <summary>A share of one.</summary>
    public static string Percent(double? share) => share switch
    {
        null => Unknown,
        0 => "0 %",
        > 0 and < 0.001 => "< 0.1 %",
        _ => $"{Number(share.Value * 100)} %",
    };

    /// <summary><c>1 record</c>, <c>2 records</c>.</summary>
    public static string Many(double count, string one) => count == 1 ? $"1 {one}" : $"{Count(count)} {one}s";

    /// <summary>Three digits.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 99.95 => Math.Round(value).ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>For attributes of pictures.</summary>
    public static string Exact(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
