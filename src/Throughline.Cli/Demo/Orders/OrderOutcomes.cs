namespace Throughline.Cli.Demo.Orders;

/// <summary>What became of the posted orders.</summary>
/// <param name="Accepted">The ids of those answered with 201, in the order in which they were posted.</param>
/// <param name="Refused">For each of the others what the service answered.</param>
internal sealed record OrderOutcomes(IReadOnlyList<string> Accepted, IReadOnlyList<string> Refused)
{
    public static OrderOutcomes Of(IReadOnlyList<OrderAnswer> answers) => new(
        [.. answers.Where(answer => answer.IsAccepted).Select(answer => answer.Id!)],
        [.. answers.Where(answer => !answer.IsAccepted).Select(answer => answer.ToString())]);

    public OrderOutcomes And(OrderOutcomes others) => new([.. Accepted, .. others.Accepted], [.. Refused, .. others.Refused]);
}
