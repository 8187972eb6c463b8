namespace Throughline.TestServers;

/// <summary>What Linux's /proc says of a process.</summary>
public static class ProcessState
{
    public const char Stopped = 'T';

    /// <summary>Ended, whether or not its parent has taken notice.</summary>
    public const char Ended = 'Z';

    public static char Of(int process)
    {
        try
        {
            // "pid (name) state …", and the name may hold anything.
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[text.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return Ended;
        }
    }
}
