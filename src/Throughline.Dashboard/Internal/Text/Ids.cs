using System.Globalization;

namespace Throughline.Dashboard.Internal.Text;

/// <summary>Ids as people pass them on.</summary>
internal static class Ids
{
    /// <summary>16 lower-case hex digits.</summary>
    public static string Span(ulong spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);
}
