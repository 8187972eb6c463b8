namespace Throughline.Server.Internal.Query;

/// <summary>What a condition looks at.</summary>
internal readonly record struct Field(WellKnownField Known, string? Attribute = null, AttributeScope Scope = AttributeScope.Any);
