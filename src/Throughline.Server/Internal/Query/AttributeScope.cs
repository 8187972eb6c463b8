namespace Throughline.Server.Internal.Query;

/// <summary>Where an attribute is looked for.</summary>
internal enum AttributeScope
{
    /// <summary>The span's, else its resource's.</summary>
    Any = 0,
    Span,
    Resource,
}
