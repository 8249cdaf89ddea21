using System.Globalization;
using LlmCostModel.Cli.Output.Charts;

namespace LlmCostModel.Docs.Tests.Figures;

/// <summary>The picture of the README is drawn from the committed results.</summary>
public sealed class PerformancePictureTests
{
    private static readonly (string Label, string Row)[] Bars =
    [
        ("by hand, decimal", "by hand, decimal, 6 buckets, Dictionary"),
        ("by hand, one division", "by hand, decimal, 6 buckets, one division"),
        ("by id, 3,000 models", "id (string), 6 buckets, 3,000 models"),
        ("a context tier", "handle, context tier"),
        ("by handle", "handle, 6 buckets"),
        ("the total alone", "handle, 6 buckets, the total alone"),
    ];

    [Fact]
    public void Picture_IsThatOfTheResults()
    {
        BenchmarkReport report = BenchmarkReport.Read("CostEstimatorBenchmarks");
        double hand = report.Nanoseconds(Bars[0].Row);
        string expected = new BarChart
        {
            Title = "Time of an estimate of six token counts, shorter is faster",
            Bars =
            [
                .. Bars.Select(bar => new ChartBar(
                    bar.Label,
                    (decimal)report.Nanoseconds(bar.Row),
                    Text(hand / report.Nanoseconds(bar.Row), report.Allocated(bar.Row)))),
            ],
        }.ToSvg();
        string file = Path.Combine(Repository.Folder, "docs", "performance.svg");
        if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Text(double times, string allocated) =>
        string.Create(CultureInfo.InvariantCulture, $"{times:0.0}x, {allocated}");
}
