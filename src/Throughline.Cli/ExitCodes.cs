namespace Throughline.Cli;

/// <summary>What the process's exit code says; every command keeps to these.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command did its work and found something wrong, such as a broken trace.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A broker, service or backend could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Something took longer than it may.</summary>
    public const int Timeout = 4;

    /// <summary>A signal ended the process: 130 for Ctrl-C, 143 for SIGTERM, 129 for a closed terminal.</summary>
    public const int SignalBase = 128;
}
