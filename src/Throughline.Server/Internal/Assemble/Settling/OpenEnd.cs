using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>A settled span that misses something, until it comes or the wait is over.</summary>
internal sealed class OpenEnd(SpanFacts span, OpenEndKind kind)
{
    public SpanFacts Span => span;

    public OpenEndKind Kind => kind;

    /// <summary>What it points at, of <see cref="OpenEndKind.Parent"/> and <see cref="OpenEndKind.Reference"/>.</summary>
    public Reference Reference { get; init; }

    /// <summary>Its record, of <see cref="OpenEndKind.Identity"/>; null where the span does not name it whole.</summary>
    public RecordPlace? Place { get; init; }

    /// <summary>Whether the wait ends with a cause: not for a record whose context is there, but by no send.</summary>
    public bool IsOrphan { get; init; }

    /// <summary>The send found by identity: only the cause is left to be told.</summary>
    public SpanFacts? Send { get; set; }

    /// <summary>Sends of this very record were there, at times that cannot be.</summary>
    public SpanFacts? Implausible { get; set; }

    /// <summary>Record identity named several sends: told as ambiguous, and never paired.</summary>
    public bool IsAmbiguous { get; set; }

    public long SettledTick { get; init; }

    /// <summary>A timestamp of the <see cref="TimeProvider"/>.</summary>
    public long Due { get; set; }

    public bool IsDone { get; set; }

    /// <summary>The next that waits for the same: it was settled earlier.</summary>
    public OpenEnd? Next { get; set; }

    public OpenEnd? Previous { get; set; }
}
