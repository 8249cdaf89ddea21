using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Cli.Tests.Browser;

/// <summary>The page of <c>llmcost report</c> in a browser without a network: its script runs, its numbers are those of <c>llmcost
/// price</c>, and it fits screens of all sizes.</summary>
public sealed partial class ReportPageTests : IDisposable
{
    private const string Log = """
        {"model":"o1","at":"2025-01-25T10:00:00Z","usage":{"input":1000000,"cacheRead":20000,"output":7},"tags":{"user":"ann"}}
        {"model":"gpt-4o","at":"2025-01-26T11:00:00Z","usage":{"input":500001,"output":3},"tags":{"user":"</script><script>document.title='taken'</script>"}}
        {"model":"gpt-4o-mini","at":"2025-01-27T11:00:00Z","usage":{"input":123456789},"tags":{"user":"ann"}}
        {"model":"<b>acme</b>","at":"2025-01-27T11:00:00Z","usage":{"input":3}}
        {broken
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [ChromiumFact]
    public void Page_IsDrawn_AndItsNumbersAreThoseOfPrice()
    {
        string log = _cli.Write("log.jsonl", Log), page = _cli.PathOf("report.html");
        Assert.Equal(1, CliRunner.Run("report", log, "-o", page).Code);

        string dom = Chromium.DumpDom(page);

        Assert.Contains("data-ready=\"true\"", dom, StringComparison.Ordinal); // the policy lets our script run, to its end
        Assert.Contains("<title>What the calls cost</title>", dom, StringComparison.Ordinal); // and no other
        Assert.Equal(2, Canvases().Count(dom)); // spend, and how much came from the cache
        foreach (string key in (string[])["model", "provider", "user"])
        {
            JsonElement[] groups = [.. CliRunner.Run("price", log, "--group-by", key).Json.GetProperty("groups").EnumerateArray()];
            Assert.Equal(groups.Select(group => Expected(group, key)).Order(StringComparer.Ordinal), Rows(dom, $"Cost by {key}").Order(StringComparer.Ordinal));
        }
    }

    /// <summary>A picture of the size that was asked for, which is not of one color.</summary>
    [ChromiumTheory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(400, false)]
    public void Page_FitsTheScreen(int width, bool isDark)
    {
        string page = _cli.PathOf("report.html");
        CliRunner.Run("report", _cli.Write("log.jsonl", Log), "-o", page);

        byte[] picture = Chromium.Screenshot(page, width, 1000, isDark);

        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16))); // PNG: the width is at 16
        Assert.InRange(picture.Length, 20_000, 1_000_000);
    }

    /// <summary>What the page has to say of a group: its key, cost and currency, calls, calls without a price, and tokens.</summary>
    private static string Expected(JsonElement group, string key)
    {
        long Sum(params string[] buckets) =>
            buckets.Sum(bucket => group.GetProperty("usage").TryGetProperty(bucket, out JsonElement count) ? count.GetInt64() : 0);

        return string.Join('|',
            group.GetProperty("key").GetProperty(key).GetString() ?? "(none)",
            group.GetProperty("total").GetString() ?? "–",
            group.GetProperty("currency").GetString() ?? "",
            group.GetProperty("requests"),
            group.GetProperty("unpriced"),
            Sum("input", "cacheRead"),
            Sum("output"));
    }

    private static IEnumerable<string> Rows(string dom, string caption)
    {
        string table = dom[dom.IndexOf($"<caption>{caption}</caption>", StringComparison.Ordinal)..];
        string body = table[..table.IndexOf("</tbody>", StringComparison.Ordinal)].Split("<tbody>")[1];
        return body.Split("</tr>", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(row => string.Join('|', Cells().Matches(row).Take(7).Select(cell => WebUtility.HtmlDecode(Tags().Replace(cell.Groups[1].Value, "")))));
    }

    [GeneratedRegex("<canvas ")]
    private static partial Regex Canvases();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
