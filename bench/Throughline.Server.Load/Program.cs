using System.Globalization;
using Throughline.Server.Load.Answers;
using Throughline.Server.Load.Queries;
using Throughline.Server.Load.Replay;
using Throughline.Server.Load.Soak;

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
        case ["replay", .. var rest]:
            await ReplayRun.RunAsync(ReplayOptions.Parse(rest));
            return 0;
        case ["answers"]:
            await AnswerRun.RunAsync();
            return 0;
        case ["soak", .. var rest]:
            await SoakRun.RunAsync(SoakOptions.Parse(rest));
            return 0;
        case [ServerProcess.Command, var folder, .. var kept]:
            await ServerProcess.RunAsync(folder, kept is [var seconds] ? TimeSpan.Parse(seconds, CultureInfo.InvariantCulture) : null);
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
