namespace Throughline.Kafka;

/// <summary>What was decided about one dead letter, and done unless the run was dry.</summary>
/// <param name="Decision">What.</param>
/// <param name="Destination">The topic it goes to; its own where it is put back.</param>
public readonly record struct RedriveVerdict(RedriveDecision Decision, string Destination);
