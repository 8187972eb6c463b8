namespace Throughline.Server.Internal.Store.Segments;

/// <summary>The tables of a sealed segment's SQLite file.</summary>
internal static class IndexSchema
{
    /// <summary>
    /// Kept as SQLite's user_version, which is written last: a file without it is not finished. An index of an older
    /// version is made anew from the segment's spans.
    /// </summary>
    public const int Version = 2;

    public const string Create = """
        CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE blocks (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, first_row INTEGER NOT NULL, rows INTEGER NOT NULL,
          first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
        CREATE TABLE terms (first INTEGER PRIMARY KEY, page BLOB NOT NULL);
        CREATE TABLE lists (id INTEGER PRIMARY KEY, rows BLOB NOT NULL);
        CREATE TABLE columns (id INTEGER PRIMARY KEY, least INTEGER NOT NULL, greatest INTEGER NOT NULL, numbers BLOB NOT NULL);
        CREATE TABLE offsets (partition INTEGER PRIMARY KEY, least INTEGER NOT NULL, greatest INTEGER NOT NULL);
        CREATE TABLE sources (id INTEGER PRIMARY KEY, block BLOB NOT NULL);
        CREATE TABLE filters (id INTEGER PRIMARY KEY, bits BLOB NOT NULL);
        CREATE TABLE attribute_names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, spans INTEGER NOT NULL);
        CREATE TABLE attribute_values (name INTEGER NOT NULL, rank INTEGER NOT NULL, value TEXT NOT NULL, spans INTEGER NOT NULL,
          PRIMARY KEY (name, rank)) WITHOUT ROWID;
        """;

    public const string Rows = "rows";
    public const string Spans = "spans";
    public const string FirstTime = "first_time";
    public const string LastTime = "last_time";
    public const string SpansLength = "spans_length";
    public const string LastArrival = "last_arrival_unix_ms";
    public const string TermBits = "term_bits";
    public const string LeastDuration = "least_duration";
    public const string GreatestDuration = "greatest_duration";
    public const string LeastLag = "least_lag";
    public const string GreatestLag = "greatest_lag";

    /// <summary>Row of the table of filters: traces, links, records.</summary>
    public const int IdFilter = 1;

    /// <summary>Row of the table of filters: attributes.</summary>
    public const int TermFilter = 2;
}
