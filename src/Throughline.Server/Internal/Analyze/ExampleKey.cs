namespace Throughline.Server.Internal.Analyze;

/// <summary>Of what something is an example.</summary>
/// <param name="About">A cell of the ledger; null for orphans.</param>
/// <param name="Cluster">As <see cref="ClusterScopes"/> has it; empty for orphans.</param>
/// <param name="Topic">Empty where unknown.</param>
/// <param name="Group">Empty for what is of the topic alone; of orphans the service.</param>
/// <param name="Cause">Of orphans; else empty.</param>
internal readonly record struct ExampleKey(LedgerCell? About, string Cluster, string Topic, string Group, string Cause)
{
    public static ExampleKey Of(LedgerCell cell, string cluster, string topic, string group = "") =>
        new(cell, cluster, topic, group, "");
}
