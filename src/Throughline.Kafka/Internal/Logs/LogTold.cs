namespace Throughline.Kafka.Internal.Logs;

/// <summary>What of a record the logging scopes around its own have told already.</summary>
[Flags]
internal enum LogTold
{
    Nothing = 0,
    Topic = 1,
    Partition = 2,
    Offset = 4,
    Group = 8,
}
