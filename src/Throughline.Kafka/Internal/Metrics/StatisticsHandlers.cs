using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Stands before the user's statistics handler, which gets everything that it got before.</summary>
internal static class StatisticsHandlers
{
    internal static Action<TClient, string>? Before<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TClient>(
        BuiltClients<TClient> built, StatisticsSettings settings, Action<TClient, string>? users)
        where TClient : class, IClient
    {
        if (!settings.AreOn)
        {
            return built.Chain(users);
        }

        return (inner, statistics) =>
        {
            var client = built.Of(inner);
            (client as IStatisticsTaker)?.Take(statistics);
            users?.Invoke(client, statistics);
        };
    }
}
