using NotificationService;

NotificationSettings settings;
try
{
    settings = NotificationSettings.FromEnvironment();
}
catch (InvalidSettingException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}

await using var app = NotificationHost.Build(args, settings);
await app.RunAsync();

// A worker that gave up has stopped the host and set the exit code, so that whoever watches starts it again.
return Environment.ExitCode;
