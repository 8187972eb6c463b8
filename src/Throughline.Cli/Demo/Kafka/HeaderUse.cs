namespace Throughline.Cli.Demo.Kafka;

/// <summary>What the records on the topic carry in headers.</summary>
/// <param name="Records">How many were read back.</param>
/// <param name="WithTraceParent">How many carry a traceparent.</param>
/// <param name="BytesAverage">Names and values of all headers, per record.</param>
/// <param name="BytesMax">The most that one record carries.</param>
internal sealed record HeaderUse(int Records, int WithTraceParent, double BytesAverage, int BytesMax);
