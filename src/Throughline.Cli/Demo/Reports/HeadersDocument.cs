namespace Throughline.Cli.Demo.Reports;

/// <summary>Headers as read back from the topic; sizes are of names and values.</summary>
internal sealed record HeadersDocument(int Records, int WithTraceparent, double BytesPerRecord, int BytesPerRecordMax);
