using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>
/// Finds out which settings a client refuses. It names one at a time, so it is asked again without that one, until it
/// refuses nothing, or nothing that can be told apart.
/// </summary>
internal sealed class ClientRefusal(string path, SettingPaths paths)
{
    private const string BootstrapServers = "bootstrap.servers";
    private const string GroupId = "group.id";
    private const string Hidden = "[hidden]";

    private static readonly string[] SecretWords = ["password", "passphrase", "secret", "pem", "token", "config", "extensions"];

    private readonly SettingsProblems _problems = new();

    /// <param name="refusal">What building it threw.</param>
    /// <param name="client">Its settings.</param>
    /// <param name="build">Builds a client of settings, and disposes it.</param>
    /// <exception cref="KafkaSettingsException">It was for its settings; nothing is thrown where it was not.</exception>
    internal void ThrowIfExplained(
        Exception refusal, IEnumerable<KeyValuePair<string, string>> client, Action<IEnumerable<KeyValuePair<string, string>>> build)
    {
        // Without servers a client that is only tried connects to nobody.
        var left = client.ToDictionary(StringComparer.Ordinal);
        left.Remove(BootstrapServers);
        while (Try(build, left) is { } refused)
        {
            var named = Named(refused.Message, left.Keys);
            named = named.Count > 0 ? named : RefusedAlone(build, left);
            Tell(refused.Message, named, left);
            if (named.Count != 1)
            {
                break;
            }

            left.Remove(named[0]);
        }

        if (!_problems.Any && OptionText.TryLocate(path, "Tracing", refusal, out var problem))
        {
            _problems.Add(problem);
        }

        _problems.ThrowIfAny();
    }

    private static Exception? Try(Action<IEnumerable<KeyValuePair<string, string>>> build, Dictionary<string, string> settings)
    {
        try
        {
            build(settings);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    // For words that speak of a setting by another name than the one it was set by.
    private static List<string> RefusedAlone(
        Action<IEnumerable<KeyValuePair<string, string>>> build, Dictionary<string, string> settings) =>
        [.. settings.Keys.Where(setting => setting != GroupId && Try(build, Only(settings, setting)) is not null)];

    // A consumer needs a group in any case.
    private static Dictionary<string, string> Only(Dictionary<string, string> settings, string setting) =>
        settings.Where(each => each.Key == setting || each.Key == GroupId).ToDictionary(StringComparer.Ordinal);

    private void Tell(string reason, List<string> named, Dictionary<string, string> settings)
    {
        if (named.Count == 0)
        {
            _problems.Add($"{path}:Client is refused by the client: {reason}");
            return;
        }

        foreach (var setting in named)
        {
            var value = settings[setting];
            var place = paths.Of(setting, value) ?? $"{path}:Client:{setting} (set by the program)";
            if (reason.StartsWith("No such configuration property", StringComparison.Ordinal))
            {
                // A value is not told here: it may be a password whose key was misspelt.
                _problems.Add($"{place} is no setting of the client{Spelling.Suggest(setting, ClientSettingNames.All)}.");
            }
            else if (Array.Exists(SecretWords, word => setting.Contains(word, StringComparison.Ordinal)))
            {
                _problems.Add($"{place} is refused by the client: {(value.Length == 0 ? reason : reason.Replace(value, Hidden, StringComparison.Ordinal))}");
            }
            else
            {
                _problems.Add($"{place} is '{value}', which the client refuses: {reason}");
            }
        }
    }

    // The settings that the client's words speak of: whole names, not parts of longer ones.
    private static List<string> Named(string reason, IEnumerable<string> settings) =>
        [.. settings.Where(setting => IsWhole(reason, setting, reason.IndexOf(setting, StringComparison.Ordinal)))];

    private static bool IsWhole(string text, string word, int at) =>
        at >= 0
        && (at == 0 || !IsPart(text[at - 1]))
        && (at + word.Length == text.Length || !IsPart(text[at + word.Length]));

    private static bool IsPart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_';
}
