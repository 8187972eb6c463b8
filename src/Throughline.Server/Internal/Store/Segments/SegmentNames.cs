using System.Globalization;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>What a segment's files are called.</summary>
internal static class SegmentNames
{
    private const string SpansExtension = ".spans";
    private const string IndexExtension = ".db";
    private const string UnfinishedExtension = ".tmp";

    public static string Spans(string folder, int number) => Path.Join(folder, Stem(number) + SpansExtension);

    public static string Index(string folder, int number) => Path.Join(folder, Stem(number) + IndexExtension);

    public static string UnfinishedIndex(string folder, int number) =>
        Path.Join(folder, Stem(number) + IndexExtension + UnfinishedExtension);

    public static bool IsUnfinished(string path) => path.EndsWith(UnfinishedExtension, StringComparison.Ordinal);

    public static bool TryReadSpans(string path, out int number) => TryRead(path, SpansExtension, out number);

    public static bool TryReadIndex(string path, out int number) => TryRead(path, IndexExtension, out number);

    private static bool TryRead(string path, string extension, out int number)
    {
        number = 0;
        return Path.GetExtension(path) == extension
            && int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static string Stem(int number) => number.ToString("d10", CultureInfo.InvariantCulture);
}
