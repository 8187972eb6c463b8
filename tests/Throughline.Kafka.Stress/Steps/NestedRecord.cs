namespace Throughline.Kafka.Stress.Steps;

/// <summary>A record is handled within another's handler.</summary>
internal sealed class NestedRecord : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var (scope, inside) = OpenRecord.Open(branch, place);
        using (scope)
        {
            await branch.GoOnAsync(inside);
        }

        place.Check(branch.Story, "after a record's scope");
    }
}
