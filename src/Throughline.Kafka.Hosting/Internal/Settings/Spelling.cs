namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    private const int WordLengthMax = 100;

    /// <summary><c>, did you mean X?</c>; empty where nothing is near.</summary>
    internal static string Suggest(string word, IEnumerable<string> known)
    {
        var nearest = Nearest(word, known);
        return nearest is null ? string.Empty : $" (did you mean {nearest}?)";
    }

    /// <summary>The nearest word, if no more than a third of it is wrong; two letters at least may be.</summary>
    internal static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > WordLengthMax)
        {
            return null;
        }

        var limit = Math.Max(2, word.Length / 3);
        return known
            .Select(each => (Word: each, Distance: Distance(word.ToLowerInvariant(), each.ToLowerInvariant())))
            .Where(each => each.Distance <= limit && each.Distance < each.Word.Length)
            .OrderBy(each => each.Distance)
            .Select(each => each.Word)
            .FirstOrDefault();
    }

    // Letters to insert, to leave out or to exchange; two neighbours that changed places count once.
    private static int Distance(string a, string b)
    {
        var (beforeLast, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var exchanged = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(exchanged, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
