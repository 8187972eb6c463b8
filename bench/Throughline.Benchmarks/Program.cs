using BenchmarkDotNet.Running;
using Throughline.Benchmarks;
using Throughline.Benchmarks.Load;
using Throughline.Benchmarks.Pairs;
using Throughline.Benchmarks.Peer;
using Throughline.Benchmarks.Reporting;

// BenchmarkDotNet looks for the project below the current folder; a path to the peer is relative to the caller's.
PeerInstrumentation.MakePathAbsolute();
Directory.SetCurrentDirectory(Places.Project);

// 1. No arguments: everything, bounded in time, and the report.
if (args.Length == 0)
{
    return FullRun.Run();
}

// 2. What the first starts for itself.
if (args[0] == PairProcess.Argument)
{
    OwnProcess.EndWithParent();
    return PairProcess.Serve(args[1..]);
}

// 3. On a broker.
if (args[0] == "load")
{
    return await LoadBenchmark.RunAsync(args[1..]);
}

if (args[0] == LoadProcess.Argument)
{
    OwnProcess.EndWithParent();
    return await LoadProcess.ServeAsync(args[1..]);
}

// 4. BenchmarkDotNet's own arguments, such as --filter '*Extract*'.
return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Settings.Interactive()).Any() ? 0 : 1;
