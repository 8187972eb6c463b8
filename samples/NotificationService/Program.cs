using NotificationService;

NotificationSettings settings;
try
{
    settings = NotificationSettings.Read(Environment.GetEnvironmentVariable);
}
catch (InvalidSettingException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}

await using var app = NotificationHost.Build(args, settings);
var consumer = app.Services.GetRequiredService<OrderConsumer>();
await app.RunAsync();

// Whoever watches the process starts it again.
return consumer.GaveUp ? 1 : 0;
