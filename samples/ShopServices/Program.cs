using ShopServices;

ShopSettings settings;
try
{
    settings = ShopSettings.Read(args, Environment.GetEnvironmentVariable);
}
catch (InvalidSettingException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}

await using var app = ShopHost.Build(args[1..], settings);
await app.RunAsync();
return Environment.ExitCode;
