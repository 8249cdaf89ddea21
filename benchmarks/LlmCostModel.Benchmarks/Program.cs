using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using LlmCostModel.Benchmarks;

// "simulate 10000000" is a run of its own, for what a benchmark would repeat too often.
if (args is ["simulate", string requests])
{
    SimulationRun.Run(int.Parse(requests, CultureInfo.InvariantCulture));
    return;
}

// "log 2000" prices a log of 2,000 MB, and walks over it.
if (args is ["log", string megabytes])
{
    LogFileRun.Run(int.Parse(megabytes, CultureInfo.InvariantCulture));
    return;
}

// "budgets" reserves and settles, in memory and in a file.
if (args is ["budgets"])
{
    await BudgetRun.RunAsync();
    return;
}

// "redis" does so on a server that it starts, beside the smallest script and beside calls written by hand.
if (args is ["redis"])
{
    await RedisRun.RunAsync();
    return;
}

// With --save FOLDER the reports are also written to FOLDER/<processor>/<type>.md, as those that are committed.
int save = Array.IndexOf(args, "--save");
string? folder = save < 0 ? null : args[save + 1];
args = save < 0 ? args : [.. args[..save], .. args[(save + 2)..]];

IConfig config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Median, Column.RatioSD, Column.Gen0, Column.AllocRatio)
    .AddExporter(MarkdownExporter.GitHub)
    .WithBuildTimeout(TimeSpan.FromMinutes(20)) // all projects are built anew, without the compiler that stays
    .WithOptions(ConfigOptions.DisableLogFile);
foreach (Summary summary in BenchmarkSwitcher.FromAssembly(typeof(HandWrittenEstimator).Assembly).Run(args, config))
{
    if (folder is not null)
    {
        CommittedResults.Save(folder, summary);
    }
}
