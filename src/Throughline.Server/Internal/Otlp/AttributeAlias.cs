namespace Throughline.Server.Internal.Otlp;

/// <summary>An attribute's name and what it says.</summary>
/// <param name="Name">UTF-8.</param>
/// <param name="Says">What it says.</param>
/// <param name="Rank">Among names that say the same: 0 for the one that counts where a span has several.</param>
/// <param name="IsKafkas">The name itself says that the system is Kafka.</param>
internal sealed record AttributeAlias(byte[] Name, SaidBy Says, byte Rank, bool IsKafkas);
