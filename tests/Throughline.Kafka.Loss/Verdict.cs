namespace Throughline.Kafka.Loss;

/// <summary>What became of the records that were acknowledged.</summary>
internal sealed class Verdict
{
    private readonly Sending _sending;
    private readonly Findings _findings;
    private readonly int _lost;
    private readonly int _repeats;
    private readonly int _repeatedRecords;
    private readonly int _spans;
    private readonly int _spanRepeats;
    private readonly int _withoutSpan;
    private readonly int _foreignParents;

    internal Verdict(Sending sending, Findings findings)
    {
        _sending = sending;
        _findings = findings;
        foreach (var (place, span) in sending.Sent)
        {
            var handled = findings.Handled.GetValueOrDefault(place);
            _lost += handled == 0 ? 1 : 0;
            _repeats += Math.Max(0, handled - 1);
            _repeatedRecords += handled > 1 ? 1 : 0;
            var parents = findings.SpanParents.GetValueOrDefault(place) ?? [];
            _spans += parents.Count;
            _spanRepeats += Math.Max(0, parents.Count - 1);
            _withoutSpan += parents.Count == 0 ? 1 : 0;
            _foreignParents += parents.Count(parent => parent != span.SpanId.ToHexString());
        }
    }

    internal bool IsGood => _sending.Sent.Count > 0 && _sending.Failed == 0 && _lost == 0 && _withoutSpan == 0 && _foreignParents == 0;

    internal void Print(string faults, TimeSpan time)
    {
        var share = 100.0 * _repeats / Math.Max(1, _sending.Sent.Count);
        Console.WriteLine($"""

            sent      {_sending.Sent.Count,9:N0} acknowledged, {_sending.Failed:N0} refused
            faults    {faults}
            lost      {_lost,9:N0}
            repeated  {_repeats,9:N0} times, {_repeatedRecords:N0} records ({share:F2} %)
            spans     {_spans,9:N0} process spans: {_withoutSpan:N0} records without one, {_foreignParents:N0} not below their own send, {_spanRepeats:N0} repeats seen
            time      {time.TotalSeconds,9:F0} s from the first record on

            {(IsGood ? "nothing was lost" : "NOT GOOD")}
            """);
        foreach (var place in _sending.Sent.Keys.Where(place => !_findings.Handled.ContainsKey(place)).Take(10))
        {
            Console.WriteLine($"lost: partition {place.Partition}, offset {place.Offset}");
        }
    }
}
