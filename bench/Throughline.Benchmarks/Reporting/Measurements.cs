namespace Throughline.Benchmarks.Reporting;

/// <summary>All rows of a run.</summary>
internal sealed class Measurements(IReadOnlyList<Measurement> rows)
{
    internal IReadOnlyList<Measurement> Rows => rows;

    /// <summary>A row; <see langword="null"/> when it was left out, as the peer's are where there is none.</summary>
    internal Measurement? Of(string benchmark, string situation, string contender) => rows.SingleOrDefault(
        row => row.Benchmark == benchmark && row.Situation == situation && row.Contender == contender);
}
