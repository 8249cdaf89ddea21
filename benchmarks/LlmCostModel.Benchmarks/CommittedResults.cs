using BenchmarkDotNet.Reports;

namespace LlmCostModel.Benchmarks;

/// <summary>Keeps reports under the name of the processor: only ratios of one run on one machine mean anything.</summary>
internal static class CommittedResults
{
    internal static void Save(string folder, Summary summary)
    {
        string processor = summary.HostEnvironmentInfo.Cpu.Value?.ProcessorName ?? "unknown processor";
        string target = Path.Combine(
            folder,
            string.Join('-', processor.Split([' ', .. Path.GetInvalidFileNameChars()], StringSplitOptions.RemoveEmptyEntries)));
        Directory.CreateDirectory(target);
        foreach (IGrouping<Type, BenchmarkDotNet.Running.BenchmarkCase> type in summary.BenchmarksCases.GroupBy(benchmark =>
                benchmark.Descriptor.Type))
        {
            string report = Directory.EnumerateFiles(summary.ResultsDirectoryPath, $"{type.Key.FullName}-report-github.md").Single();
            File.Copy(report, Path.Combine(target, $"{type.Key.Name}.md"), overwrite: true);
        }
    }
}
