using CsCheck;
using LlmCostModel.Cli.Output.Charts;

namespace LlmCostModel.Cli.Tests.Output.Charts;

public sealed class ChartTests
{
    private const string Long = "accounts/some-company/deployments/claude-opus-4-5-20251101-with-a-very-long-name-that-goes-on-and-on";

    private static readonly DateTimeOffset December = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 60],
        Gen.OneOf("gpt-5", "日本語のモデルの名前日本語のモデルの名前日本語のモデルの名前日本語のモデルの名前", Long, "mean"));

    /// <summary>From a thousandth of a cent to quadrillions.</summary>
    private static readonly Gen<decimal> Amount =
        Gen.Select(Gen.Decimal[0, 1], Gen.Int[-6, 15]).Select((value, exponent) => value * (decimal)Math.Pow(10, exponent));

    private static MonthAxis Months(int count, int first = 0) =>
        new([.. Enumerable.Range(0, count).Select(i => December.AddMonths(first + i))]);

    private static LineChart Year(int months, decimal factor = 1000, int first = 0) => new()
    {
        Title = "o1: likely cost",
        Steps = Months(months, first),
        YName = "USD a month",
        Lines = [new ChartLine("median", [.. Enumerable.Range(0, months).Select(i => factor * (1 + (0.05m * i)))])],
        Bands =
        [
            new ChartBand(
                "5% to 95%",
                [.. Enumerable.Range(0, months).Select(i => factor * (0.8m + (0.03m * i)))],
                [.. Enumerable.Range(0, months).Select(i => factor * (1.3m + (0.09m * i)))]),
        ],
        Limits = [new ChartLimit("budget: 2,000 USD", 2 * factor)],
        Footnotes = ["Every month has its own prices.", string.Join(' ', Enumerable.Repeat("It goes on for a while.", 12))],
    };

    /// <summary>One row while it fits, then months over years, then quarters over years, then years alone.</summary>
    [Theory]
    [InlineData(1, "Dec 2026")]
    [InlineData(3, "Dec 2026, Jan 2027, Feb 2027")]
    [InlineData(12, "Dec, Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, 2026, 2027")]
    [InlineData(36, "Jan, Apr, Jul, Oct, Jan, Apr, Jul, Oct, Jan, Apr, Jul, Oct, 2027, 2028, 2029")]
    [InlineData(120, "2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035, 2036")]
    public void Months_AnyNumber_AreLabeledWithoutOverlap(int months, string labels)
    {
        ChartDrawing drawing = ChartDrawing.Of(Year(months));

        drawing.AssertLegible();
        Assert.Equal(labels, string.Join(", ", drawing.Texts.Where(text => text.Anchor == "middle").Select(text => text.Text)));
    }

    [Fact]
    public void Charts_OfAnything_AreLegible() =>
        Gen.Select(Gen.Int[1, 130], Gen.Int[0, 11], Gen.Select(Amount, Amount, Amount), Name, Name).Sample((months, first, amounts, name, other) =>
        {
            (decimal factor, decimal limit, decimal at) = amounts;
            LineChart year = Year(months, factor, first);
            ChartDrawing.Of(year with
            {
                Title = name + other,
                Lines = [new ChartLine(name, year.Lines[0].Values), new ChartLine(other, year.Bands[0].High)],
                Limits = [new ChartLimit(name, limit), new ChartLimit($"budget {other}", factor)],
                Footnotes = [other, name],
            }).AssertLegible();
            decimal end = Math.Max(factor, 0.000001m);
            ChartDrawing.Of(new LineChart
            {
                Title = other,
                YName = name,
                Steps = new NumberAxis([0, end / 2, end]) { Name = other },
                Lines = [new ChartLine(name, [at, limit, 0]), new ChartLine(other, [-at, at, limit])],
                Points = [new ChartPoint($"equal at {name}", end / 2, limit)],
            }).AssertLegible();
            ChartDrawing.Of(new BarChart
            {
                Title = name,
                ValueName = other,
                Bars =
                [
                    new ChartBar(name, factor, $"{factor} {other}") { Detail = other }, new ChartBar(other, limit, name), new ChartBar("", null, "not priced"),
                ],
                Footnotes = [name],
            }).AssertLegible();
        });

    /// <summary>The line of a budget is drawn with its label; one that is far above is said instead of making the lines flat.</summary>
    [Fact]
    public void Limit_FarAway_IsSaid()
    {
        ChartDrawing near = ChartDrawing.Of(Year(12));
        ChartDrawing far = ChartDrawing.Of(Year(12) with { Limits = [new ChartLimit("budget: 1,000,000 USD", 1_000_000)] });

        Assert.Contains(near.Texts, text => text.Text == "budget: 2,000 USD");
        Assert.Contains(far.Texts, text => text.Text == "budget: 1,000,000 USD (above the chart)");
        Assert.Contains("class=\"l\"", near.Document.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"l\"", far.Document.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, near.Count("polygon"));
    }

    /// <summary>A bar for what costs something; the word alone for nothing and for what has no price.</summary>
    [Fact]
    public void Bars_OfNothing_AreWords()
    {
        ChartDrawing drawing = ChartDrawing.Of(new BarChart
        {
            Title = "Cost",
            Bars = [new ChartBar("a", 2, "2 USD"), new ChartBar("b", 0, "free") { Detail = "anthropic-5m" }, new ChartBar("c", null, "not priced")],
        });

        drawing.AssertLegible();
        Assert.Equal(2, drawing.Count("rect")); // the ground, and one bar
        Assert.Equal(["Cost", "a", "2 USD", "b", "anthropic-5m", "free", "c", "not priced"], drawing.Texts.Select(text => text.Text));
    }

    /// <summary>What is cut keeps its start and its end, and says the whole to who points at it.</summary>
    [Fact]
    public void LongNames_AreCut_AndSaidWhole()
    {
        ChartDrawing drawing = ChartDrawing.Of(new BarChart { Title = "Cost", Bars = [new ChartBar(Long, 2, "2 USD")] });

        DrawnText cut = Assert.Single(drawing.Texts, text => text.Text.Contains('…', StringComparison.Ordinal));
        Assert.StartsWith("accounts/some-", cut.Text, StringComparison.Ordinal);
        Assert.EndsWith("on-and-on", cut.Text, StringComparison.Ordinal);
        Assert.Contains($"<title>{Long}</title>", drawing.Document.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A picture says what it is to those who do not see it, and has a dark form that paper does not get.</summary>
    [Fact]
    public void Svg_HasTitleAndDescription_AndFollowsTheScreen()
    {
        string svg = Year(2).ToSvg();

        Assert.Contains("role=\"img\" aria-labelledby=\"chart-title chart-description\"", svg, StringComparison.Ordinal);
        Assert.Contains("<title id=\"chart-title\">o1: likely cost</title>", svg, StringComparison.Ordinal);
        Assert.Contains(
            "<desc id=\"chart-description\">Lines over 2 steps from Dec 2026 to Jan 2027, USD a month. median: from 1,000 to 1,050. "
                + "5% to 95%: from 800 to 1,300 at the start, from 830 to 1,390 at the end. budget: 2,000 USD. Every month has its own prices.",
            svg,
            StringComparison.Ordinal);
        Assert.Contains("@media screen and (prefers-color-scheme: dark)", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HasPictureNumbersAndNotes_AndLoadsNothing()
    {
        string page = ChartPage.Of(Year(2) with { Numbers = new ChartTable(["month", "mean>"], [["Dec 2026", "1,000.00"], ["<b>", "&"]]) });

        Assert.Contains("<h1>o1: likely cost</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">month</th><th scope=\"col\" class=\"n\">mean</th>", page, StringComparison.Ordinal);
        Assert.Contains("<td>Dec 2026</td><td class=\"n\">1,000.00</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;b&gt;</td><td class=\"n\">&amp;</td>", page, StringComparison.Ordinal);
        Assert.Contains("<li>Every month has its own prices.</li>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
    }
}
