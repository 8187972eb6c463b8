namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// Which rows of a segment may fulfil something. What it gives is a candidate, never a result: every row is compared in
/// full, so an index may give too many rows and must not give too few.
/// </summary>
internal interface ITermIndex
{
    /// <summary>Adds the rows that have a term.</summary>
    void AddRows(ulong term, RowSet into);

    /// <summary>Adds the rows whose number in this column is within two, of <see cref="LogScale"/>, both included.</summary>
    void AddRows(LogColumn column, byte from, byte to, RowSet into);

    /// <summary>Adds the rows that name a record of a range.</summary>
    /// <returns>False where these are too many to be looked up: then any row may.</returns>
    bool TryAddRows(RecordRange records, RowSet into);
}
