namespace Throughline.Kafka.Loss.Transactions;

/// <summary>Whether each record's output is there once, and whether the spans tell the same as the brokers.</summary>
internal sealed class TransactionsVerdict
{
    // As the tracing options have it.
    private const int LinksMax = 128;

    private readonly Sending _sending;
    private readonly TransactionFindings _findings;
    private readonly int _written;
    private readonly int _committed;
    private readonly int _lost;
    private readonly int _doubled;
    private readonly int _foreignTraces;
    private readonly int _foreignSpans;
    private readonly int _contradictions;
    private readonly int _untold;
    private readonly int _incompleteCommits;

    internal TransactionsVerdict(
        Sending sending, TransactionFindings findings, List<OutputRecord> written, List<OutputRecord> committed)
    {
        _sending = sending;
        _findings = findings;
        (_written, _committed) = (written.Count, committed.Count);
        var outputs = committed.CountBy(record => record.Input).ToDictionary();
        _lost = sending.Sent.Keys.Count(input => !outputs.ContainsKey(input));
        _doubled = outputs.Values.Sum(times => times - 1);
        _foreignTraces = committed.Count(
            record => !sending.Sent.TryGetValue(record.Input, out var send) || send.TraceId.ToHexString() != record.TraceId);

        var visible = committed.Select(record => record.Place).ToHashSet();
        foreach (var record in written)
        {
            if (!findings.Sends.TryGetValue(record.Place, out var send))
            {
                // Killed before the report came.
                _untold++;
                continue;
            }

            _foreignSpans += send.SpanId == record.SpanId ? 0 : 1;
            _contradictions += findings.Has(send.Transaction, visible.Contains(record.Place) ? "aborted" : "committed") ? 1 : 0;
        }

        var sends = findings.Sends.Values.CountBy(send => send.Transaction).ToDictionary();
        _incompleteCommits = findings.Ends.Count(each => each.Value.Exists(
            end => end.How == "committed"
            && (end.Sends != sends.GetValueOrDefault(each.Key) || end.Links != Math.Min(end.Sends, LinksMax))));
    }

    internal bool IsGood => _sending.Sent.Count > 0 && _sending.Failed == 0 && _lost == 0 && _doubled == 0
        && _foreignTraces == 0 && _foreignSpans == 0 && _contradictions == 0 && _incompleteCommits == 0;

    internal void Print(string faults, TimeSpan time)
    {
        Console.WriteLine($"""

            sent      {_sending.Sent.Count,9:N0} acknowledged, {_sending.Failed:N0} refused
            faults    {faults}; {_findings.KilledInTheMidst} processes killed with a transaction open, {_findings.BegunAnew} loops begun anew after an error
            output    {_written,9:N0} written, {_committed:N0} of them committed
            lost      {_lost,9:N0}
            doubled   {_doubled,9:N0}
            spans     {Count("committed"),9:N0} transactions told as committed, {Count("aborted"):N0} as aborted; {_untold:N0} records whose sender was killed first
                      {_contradictions,9:N0} records told otherwise than the brokers have it, {_incompleteCommits:N0} commits that do not link to their sends
                      {_foreignSpans,9:N0} records with the header of another span, {_foreignTraces:N0} in another trace than their origin
            time      {time.TotalSeconds,9:F0} s from the first record on

            {(IsGood ? "every record's output is there once" : "NOT GOOD")}
            """);
    }

    private int Count(string how) => _findings.Ends.Keys.Count(transaction => _findings.Has(transaction, how));
}
