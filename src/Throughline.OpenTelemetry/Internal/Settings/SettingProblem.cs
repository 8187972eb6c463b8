namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>One line for a person who set a variable: what is wrong with it, and what happens instead.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="What">What is wrong, without a secret in it.</param>
/// <param name="Instead">What happens in place of what was meant; null for a mere hint, which strict mode passes over.</param>
internal sealed record SettingProblem(string Variable, string What, string? Instead)
{
    public bool IsWrong => Instead is not null;

    /// <summary>The whole line.</summary>
    public string Message => Instead is null ? $"{Variable}: {What}." : $"{Variable}: {What}; {Instead}.";
}
