using System.Globalization;

namespace Throughline.Kafka.Loss.Transactions;

/// <summary>What the journals say of transactions, when all is over.</summary>
internal sealed class TransactionFindings
{
    private readonly Dictionary<TransactionKey, List<TransactionEnd>> _ends = [];

    internal TransactionFindings(IEnumerable<string> journals)
    {
        foreach (var journal in journals)
        {
            Read(journal);
        }
    }

    /// <summary>The transaction and the span of each send, by where the record is.</summary>
    internal Dictionary<(int Partition, long Offset), (TransactionKey Transaction, string SpanId)> Sends { get; } = [];

    /// <summary>The ends of each transaction: none where the process was killed first, several where a commit was repeated.</summary>
    internal IReadOnlyDictionary<TransactionKey, List<TransactionEnd>> Ends => _ends;

    /// <summary>Processes that had handled records which they have neither committed nor aborted.</summary>
    internal int KilledInTheMidst { get; private set; }

    /// <summary>How often a loop ended with an error, and its process began anew.</summary>
    internal int BegunAnew { get; private set; }

    internal bool Has(TransactionKey transaction, string how) =>
        _ends.TryGetValue(transaction, out var ends) && ends.Exists(end => end.How == how);

    private void Read(string journal)
    {
        var (producer, handled) = (0, false);
        foreach (var line in File.ReadLines(journal))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "B":
                    producer++;
                    handled = false;
                    break;
                case "F":
                    BegunAnew++;
                    break;
                case "H":
                    handled = true;
                    break;
                case "O":
                    Sends[(int.Parse(words[2], CultureInfo.InvariantCulture), Number(words[3]))] =
                        (new(journal, producer, Number(words[1])), words[4]);
                    break;
                case "T":
                    handled = false;
                    Add(new(journal, producer, Number(words[1])), new(words[2], (int)Number(words[3]), (int)Number(words[4])));
                    break;
                default:
                    break;
            }
        }

        KilledInTheMidst += handled ? 1 : 0;
    }

    private void Add(TransactionKey transaction, TransactionEnd end)
    {
        if (!_ends.TryGetValue(transaction, out var ends))
        {
            _ends.Add(transaction, ends = []);
        }

        ends.Add(end);
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
