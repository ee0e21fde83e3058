using ArchRouter.Benchmarks.Accuracy;
using ArchRouter.Benchmarks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ArchRouter.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/ArchRouter.Benchmarks -- memory
// dotnet run -c Release --project tests/ArchRouter.Benchmarks -- accuracy tests/ArchRouter.Onnx.Tests/Fixtures/routing-cases.jsonl.gz
// dotnet run -c Release --project tests/ArchRouter.Benchmarks -- wording tests/ArchRouter.Onnx.Tests/Fixtures/routing-cases.jsonl.gz
// dotnet run -c Release --project tests/ArchRouter.Benchmarks -- router-model tests/ArchRouter.Onnx.Tests/Fixtures/qwen2.5.tokenizer.json.gz
switch (args.FirstOrDefault())
{
    case "memory":
        await MemoryCommand.RunAsync();
        return 0;
    case "accuracy":
        return AccuracyCommand.Run(args[1..]);
    case "wording":
        return WordingCommand.Run(args[1..]);
    case "router-model":
        return await RouterModelCommand.RunAsync(args[1..]);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddColumn(StatisticColumn.Median));
        return 0;
}
