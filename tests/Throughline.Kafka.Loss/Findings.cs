using System.Globalization;

namespace Throughline.Kafka.Loss;

/// <summary>What the journals say, read as they grow.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, long> _readTo = [];

    /// <summary>How often each record was handled.</summary>
    internal Dictionary<(int Partition, long Offset), int> Handled { get; } = [];

    /// <summary>The parents of each record's process spans.</summary>
    internal Dictionary<(int Partition, long Offset), List<string>> SpanParents { get; } = [];

    internal void Read(IEnumerable<string> journals)
    {
        foreach (var journal in journals.Where(File.Exists))
        {
            using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.Position = _readTo.GetValueOrDefault(journal);
            var text = new StreamReader(stream).ReadToEnd();

            // The last line may still be being written.
            var whole = text.LastIndexOf('\n') + 1;
            _readTo[journal] = _readTo.GetValueOrDefault(journal) + whole;
            foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Note(line.Split(' '));
            }
        }
    }

    private void Note(string[] words)
    {
        if (words[0] is not ("H" or "S"))
        {
            // About a transaction.
            return;
        }

        var place = (int.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
        if (words[0] == "H")
        {
            Handled[place] = Handled.GetValueOrDefault(place) + 1;
            return;
        }

        if (!SpanParents.TryGetValue(place, out var parents))
        {
            SpanParents.Add(place, parents = []);
        }

        parents.Add(words[3]);
    }
}
