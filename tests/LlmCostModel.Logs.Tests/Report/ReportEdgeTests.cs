using System.Text.Json;
using LlmCostModel.Catalog;

namespace LlmCostModel.Logs.Tests.Report;

/// <summary>Pages of logs that hold nothing, calls without a time, or texts without an end.</summary>
public class ReportEdgeTests
{
    private const int Most = 2_000_000;

    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    [Fact]
    public void NoCalls_AreSaid_WithoutHeadingsOverNothing()
    {
        CostReport rejected = new(Estimator);
        rejected.AddRejected(new() { Number = 1, Log = "a.jsonl", Fault = "It is not valid JSON." });
        (string none, string broken) = (new CostReport(Estimator).ToHtml(), rejected.ToHtml());

        Assert.Contains("<p>The page has no calls: the log holds none, or none of the time that was asked for.</p>", none, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2", none, StringComparison.Ordinal);
        Assert.Contains("<p>The log holds no calls that can be read.</p>", broken, StringComparison.Ordinal);
        Assert.Equal(2, broken.Split("<h2").Length); // of the records that are not read
    }

    /// <summary>Of two calls one states no time, and is priced at the day of the report. It is in a row of its own, and the chart ends with
    /// the other one. A million tokens are 2.50 USD.</summary>
    [Fact]
    public void CallWithoutATime_IsInARowOfItsOwn_AndInNoChart()
    {
        CostReport report = new(Estimator);
        foreach (LogRecord record in TextLog.Read(
            """
            {"model":"gpt-4o","at":"2026-05-03T10:00:00Z","usage":{"input":400000}}
            {"model":"gpt-4o","usage":{"input":800000}}
            """))
        {
            ModelCall call = record.Call!;
            report.Add(record, Estimator.Price(call with { At = call.Context.At ?? new(2026, 6, 10, 0, 0, 0, TimeSpan.Zero) }));
        }

        string page = report.ToHtml();

        Assert.Contains("\"labels\":[\"2026-05-03\"]", page, StringComparison.Ordinal);
        Assert.Contains("\"values\":[\"1\"]", page, StringComparison.Ordinal); // 0.4 M at 2.50
        Assert.Contains("<th scope=\"row\">(none)</th><td class=\"n\">2</td>", page, StringComparison.Ordinal); // 0.8 M at 2.50
        Assert.Contains("cost</dt><dd>3 <small>USD", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-06-10", page, StringComparison.Ordinal);
    }

    /// <summary>Names of a megabyte are cut, the whole stands in a title as far as the page stays small.</summary>
    [Fact]
    public void LongNames_AreCut()
    {
        string name = "m-" + new string('x', 1_000) + "-end";
        CostReport report = new(Estimator);
        foreach (LogRecord record in TextLog.Read(
            $$$"""{"model":"{{{name}}}","usage":{"input":4},"tags":{"user":"{{{new string('"', 300_000).Replace("\"", "\\\"", StringComparison.Ordinal)}}}"}}"""))
        {
            report.Add(record, Estimator.Price(record.Call!));
        }

        for (int i = 1; i <= 100; i++)
        {
            report.AddRejected(new() { Number = i, Log = new string('<', 100_000), Fault = new string('&', 1_000_000) });
        }

        string page = report.ToHtml();

        Assert.InRange(page.Length, 1, Most);
        // 90 letters of the beginning and 30 of the end
        Assert.Contains($"<bdi title=\"{name}\">m-{new string('x', 88)}…{new string('x', 26)}-end</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 1_001), page, StringComparison.Ordinal);
    }

    /// <summary>A line that is not JSON is quoted by its beginning and its end, and kept whole as the text of the record.</summary>
    [Theory]
    [InlineData("{\"model\":\"o1\",\"usage\":{\"input\":\"LONG\"}}")]
    [InlineData("{\"model\":\"o1\",\"at\":\"LONG\",\"usage\":{\"input\":1}}")]
    [InlineData("LONG")]
    [InlineData("{\"LONG\":")]
    public void Reasons_QuoteNoWholeLine(string line)
    {
        LogRecord record = Assert.Single(TextLog.Read(line.Replace("LONG", new string('y', 100_000), StringComparison.Ordinal)));

        Assert.NotNull(record.Fault);
        Assert.InRange(record.Fault.Length, 10, 601);
        Assert.InRange(record.ToString().Length, 10, 700);
    }

    /// <summary>A pair of surrogates is not torn apart: the cuts would be behind its first and before its second half.</summary>
    [Fact]
    public void Cut_LeavesLettersWhole()
    {
        Assert.Equal("ab…h", VisibleText.Short("ab\ud83d\ude00efgh", 4));
        Assert.Equal("abc…h", VisibleText.Short("abcd\ud83d\ude00gh", 4));
        Assert.Equal("abc…", VisibleText.Short("abcdefg\ud83d\ude00", 4));
        Assert.Equal("abcd", VisibleText.Short("abcd", 4));
    }

    /// <summary>Why a call has no price quotes its model: by its beginning and its end, too.</summary>
    [Fact]
    public void ReasonsOfSums_QuoteNoWholeName()
    {
        LogSummary summary = new([SummaryKey.Find("model")!]);
        LogRecord record = Assert.Single(TextLog.Read(JsonSerializer.Serialize(new { model = new string('z', 100_000), usage = new { input = 1 } })));
        summary.Add(record, Estimator.Price(record.Call!));

        Assert.InRange(Assert.Single(summary.Groups[0].Reasons).Text.Length, 10, 401);
    }
}
