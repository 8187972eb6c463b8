namespace Throughline.Cli.Terminal;

/// <summary>Text in the terminal's own sixteen colours, which its theme makes readable; plain text where there are none.</summary>
internal sealed class Ink(bool colour)
{
    // Neither red nor green, which say broken and whole here.
    private static readonly int[] ServiceColours = [36, 35, 33, 34];

    public string Bold(string text) => Paint(text, 1);

    public string Dim(string text) => Paint(text, 2);

    public string Good(string text) => Paint(text, 32);

    public string Bad(string text) => Paint(text, 31);

    /// <summary>A colour for each service, by the order in which they appear.</summary>
    public string Service(string text, int index) => Paint(text, ServiceColours[index % ServiceColours.Length]);

    private string Paint(string text, int code) => colour && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
