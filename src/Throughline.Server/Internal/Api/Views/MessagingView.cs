using System.Text.Json;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>What a span says of a record. What it does not say is left out.</summary>
internal sealed record MessagingView(
    string System, string? Operation, string? Topic, int? Partition, long? Offset, string? Group, string? Key, int? BatchCount)
{
    public static MessagingView? Of(MessagingFacts? facts) => facts is null ? null : new MessagingView(
        facts.System,
        facts.Operation == MessagingOperation.None ? null : Lower(facts.Operation),
        facts.Topic,
        facts.Partition < 0 ? null : facts.Partition,
        facts.Offset < 0 ? null : facts.Offset,
        facts.Group,
        facts.Key,
        facts.BatchCount < 0 ? null : facts.BatchCount);

    /// <summary>An enum's value as answers have it.</summary>
    public static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>An enum's value as queries have it.</summary>
    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
