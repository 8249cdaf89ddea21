using System.Globalization;

namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>What the library writes itself.</summary>
public sealed class LedgerFormatTests
{
    private const string Entry = """
        { "lease": "l1", "at": "2026-06-01T12:00:00Z", "tags": { "user": "ann" }, "costs": [ { "amount": 0.5025, "currency": "USD" } ], "isEstimated": true,
          "counted": [ { "budget": "user-day", "unit": "Money", "currency": "USD", "amount": 0.5025 } ],
          "calls": [
            { "at": "2026-06-01T12:00:00Z", "asked": { "provider": "openai" }, "reading": { "model": "gpt-4o", "status": "Complete", "usage": { "input": 1000 }, "origin": "Application" } },
            { "at": "2026-06-01T12:00:00Z", "reading": { "status": "Complete", "origin": "Application", "reported": { "charged": { "amount": 0.5, "currency": "USD" } } } } ] }
        """;

    [Fact]
    public void Read_OfAnEntryOfABudget_HasItsCallsWithItsTags()
    {
        LogRecord[] records = TextLog.Read(Entry);

        Assert.Equal(["0.0025", "0.5"], records.Select(record => TextLog.TotalOf(record)?.ToString("0.####", CultureInfo.InvariantCulture))); // 1,000 x 2.50 a million
        Assert.All(records, record => Assert.Equal(("ledger", "ann"), (record.Format, TextLog.TagOf(record, "user"))));
    }

    [Fact]
    public void Read_OfAnEntryTwice_CountsItsCallsOnce()
    {
        CallMerger merger = new();
        LogRecord[] kept = [.. TextLog.Read(Entry + Entry).Where(merger.Add), .. merger.Finish()];

        Assert.Equal((2, 2L), (kept.Length, merger.Merged));
    }

    [Fact]
    public void Read_OfAnEntryWhoseCallIsNone_SaysWhatIsWrong()
    {
        LogRecord record = Assert.Single(TextLog.Read("""{ "lease": "l1", "calls": [ { "reading": 5 } ] }"""));

        Assert.StartsWith("The record is no ModelCall of this library:", record.Fault, StringComparison.Ordinal);
    }
}
