using System.Text.Json;
using System.Text.RegularExpressions;
using LlmCostModel.Catalog;

namespace LlmCostModel.Logs.Tests.Report;

/// <summary>The page of a report: its numbers are those of the summaries, text of a log stays text, and it loads nothing.</summary>
public partial class CostReportTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private const string Log = """
        {"model":"o1","at":"2026-05-03T10:00:00Z","usage":{"input":1000000,"cacheRead":20,"output":7},"tags":{"user":"ann"}}
        {"model":"gpt-4o","at":"2026-05-03T11:00:00Z","usage":{"input":500001},"tags":{"user":"bob"}}
        {"model":"gpt-4o","at":"2026-05-06T11:00:00Z","usage":{"input":3,"cacheRead":1000},"tags":{"user":"bob"}}
        {"model":"acme-1","at":"2026-05-06T11:00:00Z","usage":{"input":3}}
        """;

    /// <summary>Text that would be markup, end an element of the page, or leave an attribute.</summary>
    private static readonly string[] Hostile = ["<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>", "<!--", "\" onload=\"x", "a'b&amp;c", "]]>", "\u202eturned"];

    [Fact]
    public void Figures_AreThoseOfTheSummaries()
    {
        string page = Page(Log);
        LogSummary models = new([SummaryKey.Find("model")!], estimator: Estimator);
        foreach (LogRecord record in TextLog.Read(Log))
        {
            models.Add(record, Estimator.Price(record.Call!));
        }

        string[][] rows = Rows(page, "Cost by model");

        Assert.Equal(
            models.Groups.Where(group => group.Total is not null).OrderByDescending(group => group.Total!.Value.Amount)
                .Select(group => $"{group.Key[0].Value} {group.Total!.Value.Amount.ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture)} USD {group.Calls} {group.Unpriced} {group.Usage.TotalInput} {group.Usage.TotalOutput}"),
            rows[..2].Select(row => string.Join(' ', row[..7])));
        Assert.Equal("acme-1 –  1 1 3 0", string.Join(' ', rows[2][..7])); // no price is not 0
        Assert.Contains($"<dt>cost, at least</dt><dd>{models.Totals[0].Total.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture).Split('.')[0]}<", page, StringComparison.Ordinal);
    }

    /// <summary>Every step from the first to the last is in a chart, also those without calls: 2026-05-03 to 06.</summary>
    [Fact]
    public void Charts_HaveTheValuesOfTheTables_AndAGapWhereNothingWasCalled()
    {
        JsonElement chart = Charts(Page(Log))[0];

        Assert.Equal(["2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06"], Texts(chart.GetProperty("labels")));
        JsonElement mini = Assert.Single(chart.GetProperty("series").EnumerateArray(), series => series.GetProperty("name").GetString() == "gpt-4o");
        Assert.Equal(["1.2500025", null, null, "0.0012575"], Texts(mini.GetProperty("values"))); // 500,001 x 2.5; 3 x 2.5 + 1,000 x 1.25 a million
        Assert.Equal(1777766400, chart.GetProperty("x")[0].GetInt64()); // date -ud 2026-05-03 +%s
    }

    [Fact]
    public void KindsOfTokens_AddUpToTheTotal()
    {
        string[][] kinds = Rows(Page(Log), "Cost by kind of token and meter");

        Assert.Equal(["input", "cacheRead", "output", "input (no price)"], kinds.Select(row => row[0]));
        Assert.Equal(
            TextLog.Read(Log).Sum(record => Estimator.Price(record.Call!).Total?.Amount ?? 0),
            kinds[..3].Sum(row => decimal.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void TextOfALog_StaysText()
    {
        string log = string.Join('\n', Hostile.Select(text => JsonSerializer.Serialize(new
        {
            model = text,
            at = "2026-05-03",
            usage = new { input = 5 },
            tags = new { user = text },
        })));
        CostReport report = new(Estimator, new() { Title = Hostile[0] });
        foreach (LogRecord record in TextLog.Read(log + "\n{\"broken\": \"<b>\"\n"))
        {
            if (record.Call is null)
            {
                report.AddRejected(record with { Log = Hostile[1] });
            }
            else
            {
                report.Add(record, Estimator.Price(record.Call));
            }
        }

        report.AddNote(Hostile[1]);
        string page = report.ToHtml();
        string outside = Scripts().Replace(page, "");

        Assert.Equal(2, Scripts().Count(page)); // the data and ours
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onload=\"x", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", outside, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", outside, StringComparison.Ordinal);
        Assert.Equal(Hostile.Length, Rows(page, "Cost by model").Length);
    }

    /// <summary>The policy forbids what the page does not have: nothing comes from elsewhere, and no style or script but ours.</summary>
    [Fact]
    public void Page_LoadsNothing()
    {
        string page = Page(Log);

        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)(src|href|action|poster|srcset)\\s*=\\s*[\"']", Scripts().Replace(page, ""));
        Assert.DoesNotMatch("(?i)@import|url\\(", page);
        Assert.DoesNotMatch("style=\"", Scripts().Replace(page, ""));
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", page, StringComparison.Ordinal);
    }

    /// <summary>30 users of 1 to 30 tokens: the most expensive 24 have rows of their own, the other 6 one, whose sum is exact.</summary>
    [Fact]
    public void ManyGroups_AreCut_AndTheOthersAreOneExactRow()
    {
        string log = string.Join('\n', Enumerable.Range(1, 30).Select(i => $$"""{"model":"o1","at":"2026-05-03","usage":{"input":{{i}} },"tags":{"user":"u{{i:00}}"} }"""));

        string[][] rows = Rows(Page(log), "Cost by user");

        Assert.Equal(25, rows.Length);
        Assert.Equal(("u30", "6 others"), (rows[0][0], rows[24][0]));
        Assert.Equal(("0.000315", "6", "21"), (rows[24][1], rows[24][3], rows[24][4])); // 1 + 2 + ... + 6 = 21, x 15 a million
    }

    [Fact]
    public void Currencies_AreApart()
    {
        CostEstimator estimator = new(RateCardJson.Parse("""{ "Name": "h", "Currency": "EUR", "Models": { "haus": { "PerMillionTokens": { "Input": 2 } } } }""", "h"));
        CostReport report = new(estimator);
        LogRecord[] records = TextLog.Read("""{"model":"haus","at":"2026-05-03","usage":{"input":1000000}}""");
        report.Add(records[0], estimator.Price(records[0].Call!));

        Assert.Equal(["haus", "2", "EUR", "1", "1000000", "0", "", "100%"], Rows(report.ToHtml(), "Cost by model")[0]);
    }

    /// <summary>More than 1,000 hours are months, with the same sums.</summary>
    [Fact]
    public void TooManySteps_AreLargerOnes()
    {
        DateTime start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string log = string.Join('\n', Enumerable.Range(0, 1500).Select(i => $$"""{"model":"o1","at":"{{start.AddHours(i):yyyy-MM-dd'T'HH:mm:ss'Z'}}","usage":{"input":1} }"""));
        CostReport report = new(Estimator, new() { Period = SummaryKey.Find("hour")! });
        foreach (LogRecord record in TextLog.Read(log))
        {
            report.Add(record, Estimator.Price(record.Call!));
        }

        string[][] rows = Rows(report.ToHtml(), "Spend by month");

        Assert.Equal(["2026-01 744", "2026-02 672", "2026-03 84"], rows.Select(row => $"{row[0]} {row[3]}")); // 31 x 24, 28 x 24, the rest
    }

    /// <summary>Calls of 1,000 days, 64 models and 10,000 users: the page is that of a few hundred kilobytes.</summary>
    [Fact]
    public void LargeLog_IsASmallPage()
    {
        string models = string.Join(',', Enumerable.Range(0, 64).Select(i => $$"""  "model-{{i}}": { "PerMillionTokens": { "Input": {{i + 1}}.123456, "Output": 7 } }"""));
        CostEstimator estimator = new(RateCardJson.Parse($$"""{ "Name": "h", "Currency": "USD", "Models": { {{models}} } }""", "h"));
        DateTime start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string log = string.Join('\n', Enumerable.Range(0, 10_000).Select(i =>
            $$"""{"model":"model-{{i * 7 % 64}}","at":"{{start.AddDays(i % 1000):yyyy-MM-dd}}","usage":{"input":{{1 + (i * 31)}},"output":{{i % 977}} },"tags":{"user":"somebody-{{i}}"} }"""));

        CostReport report = new(estimator);
        foreach (LogRecord record in TextLog.Read(log))
        {
            report.Add(record, estimator.Price(record.Call!));
        }

        Assert.InRange(report.ToHtml().Length, 200_000, 2_000_000);
    }

    [Fact]
    public void ManyRejects_AreCounted()
    {
        CostReport report = new(Estimator);
        for (int i = 1; i <= 103; i++)
        {
            report.AddRejected(new LogRecord { Number = i, Line = i, Log = "a.jsonl", Fault = "It is not valid JSON." });
        }

        string page = report.ToHtml();

        Assert.Equal(100, Rows(page, "Records that could not be read").Length);
        Assert.Contains("103 records could not be read, and are in no sum. These are the first 100.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        Assert.Contains("is not a step of time", Assert.Throws<ArgumentException>(() => new CostReport(Estimator, new() { Period = SummaryKey.Find("model")! })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostReport(Estimator, new() { MaximumRows = 0 }));
    }

    [Fact]
    public void NoCalls_AreAPage_WithoutSums() => Assert.Contains("<dt>calls</dt><dd>0</dd>", new CostReport(Estimator).ToHtml(), StringComparison.Ordinal);

    private static string Page(string log)
    {
        CostReport report = new(Estimator);
        foreach (LogRecord record in TextLog.Read(log))
        {
            report.Add(record, Estimator.Price(record.Call!));
        }

        return report.ToHtml();
    }

    /// <summary>The texts of the cells of a table, as a browser copies them.</summary>
    private static string[][] Rows(string page, string caption)
    {
        string table = page[page.IndexOf($"<caption>{caption}</caption>", StringComparison.Ordinal)..];
        string body = table[..table.IndexOf("</tbody>", StringComparison.Ordinal)].Split("<tbody>")[1];
        return
        [
            .. body.Split("</tr>", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(row =>
                (string[])[.. Cells().Matches(row).Select(cell => System.Net.WebUtility.HtmlDecode(Tags().Replace(cell.Groups[1].Value, "")))]),
        ];
    }

    private static JsonElement[] Charts(string page)
    {
        string data = page[(page.IndexOf("id=\"charts\">", StringComparison.Ordinal) + 12)..];
        return [.. JsonDocument.Parse(data[..data.IndexOf("</script>", StringComparison.Ordinal)]).RootElement.EnumerateArray()];
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(value => value.GetString());

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
