using System.Diagnostics;

namespace Throughline.Kafka.Internal.Logs;

/// <summary>What a logging scope said last, and to whom: the next log mostly gets the same.</summary>
internal sealed record LogView(Activity? Activity, LogTold Without, KeyValuePair<string, object?>[] Pairs);
