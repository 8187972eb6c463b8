namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>One line for a person who set a variable: what is wrong with it, and what happens instead.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Message">The whole line, without a secret in it.</param>
/// <param name="IsWrong">A value that is not allowed, which strict mode refuses; false for a mere hint.</param>
internal sealed record SettingProblem(string Variable, string Message, bool IsWrong);
