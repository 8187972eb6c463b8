using OrderService;

OrderSettings settings;
try
{
    settings = OrderSettings.Read(Environment.GetEnvironmentVariable);
}
catch (InvalidSettingException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}

await using var app = OrderHost.Build(args, settings);
await app.RunAsync();
return 0;
