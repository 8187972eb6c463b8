using System.Text;

namespace Throughline.Benchmarks.Reporting;

/// <summary>Every row, for programs.</summary>
internal static class CsvReport
{
    internal static string Of(Measurements run)
    {
        var text = new StringBuilder("benchmark,situation,contender,median_ns,q1_ns,q3_ns,bytes\n");
        foreach (var row in run.Rows)
        {
            text.Append($"{row.Benchmark},{row.Situation},{row.Contender},");
            text.Append($"{row.Nanoseconds:F2},{row.LowerQuartile:F2},{row.UpperQuartile:F2},{row.Bytes:F0}\n");
        }

        return text.ToString();
    }
}
