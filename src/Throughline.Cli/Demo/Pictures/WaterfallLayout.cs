namespace Throughline.Cli.Demo.Pictures;

/// <summary>The columns of a waterfall, the same for every trace that is printed.</summary>
internal sealed record WaterfallLayout(int Name, int Owner, int Duration, int Bars)
{
    private const int Gaps = 3;
    private const int DurationWidth = 8;
    private const int BarsShareMin = 35;
    private const int OwnerMin = 9;
    private const int NameMin = 4;

    /// <summary>Names get what they need as long as the bars keep their share; services are cut short before names.</summary>
    public static WaterfallLayout For(IReadOnlyCollection<WaterfallRow> rows, int width)
    {
        var spans = rows.Where(row => row.Kind != RowKind.Cut).ToArray();
        var name = spans.Max(row => row.Tree.Length + row.Name.Length);
        var owner = spans.Max(row => row.Owner.Length);
        var room = width - DurationWidth - Gaps - (width * BarsShareMin / 100);
        if (name + owner > room)
        {
            owner = Math.Max(Math.Min(owner, OwnerMin), room - name);
            name = Math.Max(Math.Min(name, room - owner), spans.Max(row => row.Tree.Length) + NameMin);
        }

        return new WaterfallLayout(name, owner, DurationWidth, Math.Max(1, width - name - owner - DurationWidth - Gaps));
    }
}
