using Throughline.Server.Load.Queries;

try
{
    switch (args)
    {
        case ["fill", .. var rest]:
            await Filling.RunAsync(QueryOptions.Parse(rest));
            return 0;
        case ["ask", .. var rest]:
            await Asking.RunAsync(QueryOptions.Parse(rest));
            return 0;
        case ["queries", .. var rest]:
            await QueryRun.RunAsync(QueryOptions.Parse(rest), rest);
            return 0;
        default:
            Console.Error.WriteLine(QueryOptions.Usage);
            return 2;
    }
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
