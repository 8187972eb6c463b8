using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Sqlite;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>Writes a sealed segment's index: one SQLite file, in one go, that nobody changes afterwards.</summary>
internal sealed class IndexWriter : IDisposable
{
    // Once a segment: a better quality than blocks have costs nothing.
    private const int SourcesQuality = 5;

    private readonly SqliteFile _file;

    private IndexWriter(string path)
    {
        _file = SqliteFile.Create(path);
        _file.Execute(IndexSchema.Create);
    }

    /// <returns>The filters, ids' and terms', for whoever goes on with them.</returns>
    public static (BloomFilter Ids, BloomFilter Terms) Write(
        string path, SegmentFacts facts, ReadOnlySpan<Block> blocks, SourceTable sources, Completion completion)
    {
        using var writer = new IndexWriter(path);
        writer.WriteBlocks(blocks);
        writer.WriteColumns(facts.Rows, blocks);
        using var terms = new TermWriter(writer._file);
        terms.Write(blocks, facts.Rows);
        writer.WriteFilter(IndexSchema.IdFilter, terms.Ids);
        writer.WriteFilter(IndexSchema.TermFilter, terms.Others);
        writer.WriteFacts(facts, terms.Bits);
        writer.WriteOffsets(blocks);
        writer.WriteSources(sources);
        writer.WriteCompletion(completion);
        writer._file.Execute($"COMMIT; PRAGMA user_version={IndexSchema.Version}");
        return (terms.Ids, terms.Others);
    }

    public void Dispose() => _file.Dispose();

    private void WriteBlocks(ReadOnlySpan<Block> blocks)
    {
        using var insert = _file.Prepare("INSERT INTO blocks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = blocks[i];
            insert.Bind(1, i).Bind(2, (long)block.Kind).Bind(3, block.FirstRow).Bind(4, block.Count)
                .Bind(5, block.Times.First).Bind(6, block.Times.Last).Bind(7, block.Place.Offset).Bind(8, block.Place.Length).Run();
        }
    }

    private void WriteColumns(int rows, ReadOnlySpan<Block> blocks)
    {
        using var insert = _file.Prepare("INSERT INTO columns VALUES (?1, ?2, ?3, ?4)");
        foreach (var column in (ReadOnlySpan<LogColumn>)[LogColumn.Duration, LogColumn.Lag])
        {
            var numbers = new byte[rows];
            foreach (var block in blocks)
            {
                block.Terms!.Column(column).CopyTo(numbers, block.FirstRow);
            }

            insert.Bind(1, (long)column).Bind(2, rows == 0 ? 0 : numbers.Min()).Bind(3, rows == 0 ? 0 : numbers.Max())
                .Bind(4, numbers).Run();
        }
    }

    private void WriteFilter(int id, BloomFilter filter)
    {
        using var insert = _file.Prepare("INSERT INTO filters VALUES (?1, ?2)");
        insert.Bind(1, id).Bind(2, filter.Bits.Span).Run();
    }

    private void WriteFacts(SegmentFacts facts, int termBits)
    {
        using var insert = _file.Prepare("INSERT INTO facts VALUES (?1, ?2)");
        Insert(IndexSchema.Rows, facts.Rows);
        Insert(IndexSchema.Spans, facts.Spans);
        Insert(IndexSchema.FirstTime, facts.Times.First);
        Insert(IndexSchema.LastTime, facts.Times.Last);
        Insert(IndexSchema.SpansLength, facts.SpansLength);
        Insert(IndexSchema.LastArrival, facts.LastArrivalUnixMs);
        Insert(IndexSchema.TermBits, termBits);
        Insert(IndexSchema.LeastDuration, facts.Durations.Least);
        Insert(IndexSchema.GreatestDuration, facts.Durations.Greatest);
        Insert(IndexSchema.LeastLag, facts.Lags.Least);
        Insert(IndexSchema.GreatestLag, facts.Lags.Greatest);

        void Insert(string name, long value) => insert.Bind(1, name).Bind(2, value).Run();
    }

    private void WriteOffsets(ReadOnlySpan<Block> blocks)
    {
        var spreads = new Dictionary<ulong, OffsetSpread>();
        foreach (var block in blocks)
        {
            foreach (var spread in block.Terms!.Offsets)
            {
                spreads[spread.Partition] = spreads.TryGetValue(spread.Partition, out var known) ? known.With(spread) : spread;
            }
        }

        using var insert = _file.Prepare("INSERT INTO offsets VALUES (?1, ?2, ?3)");
        foreach (var spread in spreads.Values)
        {
            insert.Bind(1, (long)spread.Partition).Bind(2, spread.Least).Bind(3, spread.Greatest).Run();
        }
    }

    private void WriteSources(SourceTable sources)
    {
        if (sources.Count > 0)
        {
            using var insert = _file.Prepare("INSERT INTO sources VALUES (0, ?1)");
            insert.Bind(1, new BlockPacker(SourcesQuality).Pack(sources.All)).Run();
        }
    }

    private void WriteCompletion(Completion completion)
    {
        using var insertName = _file.Prepare("INSERT INTO attribute_names VALUES (?1, ?2, ?3)");
        for (var i = 0; i < completion.Names.Count; i++)
        {
            insertName.Bind(1, i).Bind(2, completion.Names[i].Name).Bind(3, completion.Names[i].Spans).Run();
        }

        using var insertValue = _file.Prepare("INSERT INTO attribute_values VALUES (?1, ?2, ?3, ?4)");
        var name = -1;
        var rank = 0;
        foreach (var value in completion.Values.OrderBy(v => v.Name).ThenByDescending(v => v.Spans))
        {
            rank = value.Name == name ? rank + 1 : 0;
            name = value.Name;
            insertValue.Bind(1, name).Bind(2, rank).Bind(3, value.Value).Bind(4, value.Spans).Run();
        }
    }
}
