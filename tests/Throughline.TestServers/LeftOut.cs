using System.Text;

namespace Throughline.TestServers;

/// <summary>
/// Says what a run left out and why, each once: a line in the file that <c>THROUGHLINE_LEFT_OUT</c> names, else on stderr.
/// </summary>
public static class LeftOut
{
    private const int AttemptsMax = 50;

    private static readonly HashSet<string> Said = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    public static void Say(string what, string why)
    {
        var line = $"{what}: {why}";
        lock (Gate)
        {
            if (!Said.Add(line))
            {
                return;
            }
        }

        if (Environment.GetEnvironmentVariable("THROUGHLINE_LEFT_OUT") is { Length: > 0 } file)
        {
            Append(file, line);
        }
        else
        {
            Console.Error.WriteLine($"left out: {line}");
        }
    }

    /// <summary>Several test projects run at once and share the file; a line that one has written is not repeated.</summary>
    private static void Append(string file, string line)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                using var reader = new StreamReader(stream, leaveOpen: true);
                if (!reader.ReadToEnd().Split('\n').Contains(line, StringComparer.Ordinal))
                {
                    stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
                }

                return;
            }
            catch (IOException) when (attempt < AttemptsMax)
            {
                Thread.Sleep(10);
            }
        }
    }
}
