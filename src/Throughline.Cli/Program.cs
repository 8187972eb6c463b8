using Throughline.Cli;

return await CommandLine.RunAsync(args);
