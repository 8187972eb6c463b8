namespace Throughline.Kafka.Stress.Steps;

/// <summary>Scopes are opened one in the other and disposed in any order.</summary>
internal sealed class RecordsOutOfOrder : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var scopes = new ProcessScope[branch.Random.Next(2, 5)];
        var around = place;
        for (var i = 0; i < scopes.Length; i++)
        {
            (scopes[i], var inside) = OpenRecord.Open(branch, around);
            around = inside;
            await branch.Fork().GoOnAsync(inside);
        }

        branch.Random.Shuffle(scopes);
        foreach (var scope in scopes)
        {
            scope.Dispose();
        }

        place.Check(branch.Story, "after scopes disposed in any order");
    }
}
