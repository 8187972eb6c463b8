using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>A row of a journey's picture.</summary>
internal sealed class JourneyRow
{
    public required RowKind Kind { get; init; }

    /// <summary>The span; of alike ones the first; of a record's time in a topic the processing, else the send.</summary>
    public required SpanFacts Facts { get; init; }

    /// <summary>Only of a span's row.</summary>
    public JourneySpan? Span { get; init; }

    /// <summary>Only of a record's time in a topic.</summary>
    public Hop? Hop { get; init; }

    /// <summary>Of a record that nobody read: the group, where one is known; and what is known of it.</summary>
    public Reader? Reader { get; init; }

    public long StartUnixNs { get; set; }

    public long EndUnixNs { get; set; }

    public RowFlags Flags { get; set; }

    /// <summary>Where it is among the rows, from 0; children come right behind their parent.</summary>
    public int Index { get; set; } = -1;

    /// <summary>-1 for none.</summary>
    public int Parent { get; set; } = -1;

    /// <summary>From 1.</summary>
    public int Level { get; set; } = 1;

    /// <summary>The last row below it; itself where there is none.</summary>
    public int Last { get; set; }

    /// <summary>Flags of rows below it.</summary>
    public RowFlags Below { get; set; }

    /// <summary>Where a record's way goes on, if that is not right below: in a batch, with others.</summary>
    public JourneyRow? Target { get; set; }

    /// <summary>What it was put under; alike siblings may be between.</summary>
    public JourneyRow? Above { get; set; }

    public List<JourneyRow>? Children { get; set; }

    public string Service => Facts.Source.Service;

    /// <summary>The topic of a record's row.</summary>
    public string Topic => Hop?.Topic ?? Facts.Messaging?.Topic ?? "";

    public int Partition => Hop?.Partition ?? Facts.Messaging?.Partition ?? -1;

    public long Offset => Hop?.Offset ?? Facts.Messaging?.Offset ?? -1;

    public string? Group => Hop?.Group ?? Reader?.Group;

    public void Add(JourneyRow child) => (Children ??= []).Add(child);

    public bool Has(RowFlags flag) => (Flags & flag) != RowFlags.None;
}
