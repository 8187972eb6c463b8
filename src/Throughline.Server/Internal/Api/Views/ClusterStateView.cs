using Throughline.Server.Internal.Brokers;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A cluster that is watched, as its brokers told last.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Error">Why the last question was not answered.</param>
/// <param name="Asked">When it was last asked; null for never.</param>
/// <param name="ClusterId">Its own id; what follows is null until it was told once.</param>
/// <param name="Controller">The broker that is it.</param>
/// <param name="LeftOut">What was not asked for, because of a bound.</param>
/// <param name="Brokers">Its brokers.</param>
/// <param name="Topics">Its topics, by name.</param>
/// <param name="Groups">Its consumer groups.</param>
internal sealed record ClusterStateView(
    string Name,
    string? Error,
    string? Asked,
    string? ClusterId,
    int? Controller,
    string? LeftOut,
    IReadOnlyList<BrokerNode>? Brokers,
    IReadOnlyList<TopicState>? Topics,
    IReadOnlyList<GroupStateView>? Groups)
{
    public static ClusterStateView Of(ClusterState state) => new(
        state.Name,
        state.Error,
        state.AskedUnixNs == 0 ? null : UnixTime.Rfc3339(state.AskedUnixNs),
        state.View?.ClusterId,
        state.View?.Controller,
        state.View?.LeftOut,
        state.View?.Brokers,
        state.View is { } view ? [.. view.Topics.Values.OrderBy(t => t.Name, StringComparer.Ordinal)] : null,
        state.View?.Groups.Select(g => GroupStateView.Of(g, state.View)).ToList());
}
