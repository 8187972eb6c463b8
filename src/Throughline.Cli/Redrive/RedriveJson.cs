using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Cli.Demo.Reports;
using Throughline.Kafka;

namespace Throughline.Cli.Redrive;

/// <summary>The outcome for programs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(RedriveDocument))]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class RedriveJson : JsonSerializerContext
{
    public static string Of(RedriveOutcome outcome) => JsonSerializer.Serialize(
        new RedriveDocument
        {
            Topic = outcome.Request.Topic,
            Group = outcome.Report.GroupId,
            DryRun = outcome.Request.DryRun,
            End = JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.Report.End.ToString()),
            Sent = outcome.Report.Sent,
            PutBack = outcome.Report.PutBack,
            WithoutDestination = outcome.Report.WithoutDestination,
            SentByTopic = outcome.Report.SentByTopic,
            Letters = [.. outcome.Letters.Select(each => Document(each.Letter, each.Verdict))],
        },
        Default.RedriveDocument);

    public static string Of(CommandException error) => JsonSerializer.Serialize(
        new ErrorDocument { Error = error.Message, ExitCode = error.ExitCode, Evidence = error.Evidence },
        Default.ErrorDocument);

    private static LetterDocument Document(DeadLetter letter, RedriveVerdict verdict) => new()
    {
        Partition = letter.Place.Partition.Value,
        Offset = letter.Place.Offset.Value,
        Decision = JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.Decision.ToString()),
        Destination = verdict.Destination,
        OriginalTopic = letter.OriginalTopic,
        OriginalPartition = letter.OriginalPartition,
        OriginalOffset = letter.OriginalOffset,
        Group = letter.Group,
        Attempts = letter.Attempts,
        FailedAt = letter.FailedAt,
        FailureType = letter.FailureType,
        FailureMessage = letter.FailureMessage,
        TraceId = letter.TraceId,
    };
}
