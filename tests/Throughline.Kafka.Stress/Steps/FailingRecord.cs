namespace Throughline.Kafka.Stress.Steps;

/// <summary>A handler throws out of its scope, at once or after an await.</summary>
internal sealed class FailingRecord : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        try
        {
            var (scope, inside) = OpenRecord.Open(branch, place);
            using (scope)
            {
                if (branch.Random.Next(2) == 0)
                {
                    await branch.GoOnAsync(inside);
                }

                var failure = new FormatException("the handler's");
                scope.Fail(failure);
                throw failure;
            }
        }
        catch (FormatException)
        {
            place.Check(branch.Story, "after a handler that threw");
        }
    }
}
