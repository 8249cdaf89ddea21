using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LlmCostModel.Tests.RateCards;

/// <summary>A file of many mistakes: a hundred are listed, the rest is counted, and the work grows with the file and not with its
/// square.</summary>
public class ManyFaultsTests
{
    /// <summary>Each makes a card of so many bad parts; the number of faults is theirs.</summary>
    public static TheoryData<string> Kinds =>
        ["price", "name", "empty", "alias", "window", "overlap", "never", "rule", "shared", "versions", "option", "card", "id"];

    [Fact]
    public void Faults_MoreThanAHundred_AreCounted()
    {
        IReadOnlyList<InputFault> faults = Refuse(Card("price", 5_000)).Faults;

        Assert.Equal(101, faults.Count);
        Assert.StartsWith("card:Models:m99:PerMillionTokens:Input: '-1' is negative", faults[99].ToString(), StringComparison.Ordinal);
        Assert.Equal("card: has 4,900 more faults. Mend those that are listed first.", faults[100].ToString());
    }

    [Fact]
    public void Faults_OneMoreThanAHundred_AreCounted()
    {
        Assert.Equal("card: has 1 more fault. Mend those that are listed first.", Refuse(Card("price", 101)).Faults[^1].ToString());
        Assert.Equal(100, Refuse(Card("price", 100)).Faults.Count);
    }

    /// <summary>A model of which something is wrong inside is not said to have no prices as well, listed or not.</summary>
    [Fact]
    public void Faults_OfWholes_AreCountedWithoutThoseInside()
    {
        Assert.Equal("card: has 2,900 more faults. Mend those that are listed first.", Refuse(Card("empty", 3_000)).Faults[^1].ToString());
        Assert.Equal("card: has 2,900 more faults. Mend those that are listed first.", Refuse(Card("name", 3_000)).Faults[^1].ToString());
    }

    /// <summary>Several files are counted together.</summary>
    [Fact]
    public void Faults_OfSeveralFiles_AreCountedTogether()
    {
        LlmCostModelOptions options = new();
        options.AddJson(Card("price", 300), "a.json");
        options.AddJson(Card("price", 200).Replace("\"m", "\"n", StringComparison.Ordinal), "b.json");

        IReadOnlyList<InputFault> faults = Assert.Throws<RateCardException>(() => new CostEstimator(options)).Faults;

        Assert.Equal((101, "has 400 more faults."), (faults.Count, faults[^1].Problem));
    }

    [Fact]
    public void Warnings_MoreThanAThousand_AreCounted()
    {
        RateCardJson.Parse(Encoding.UTF8.GetBytes(Card("suspicious", 1_500)), "card", out IReadOnlyList<InputFault> warnings);

        Assert.Equal(1_001, warnings.Count);
        Assert.Equal("card: has 500 more warnings. Mend those that are listed first.", warnings[^1].ToString());
        Assert.True(warnings[^1].IsWarning);
    }

    /// <summary>A text of a megabyte is not repeated a hundred times.</summary>
    [Fact]
    public void Faults_OfLongTexts_AreShort()
    {
        string json = $$"""{ "Currency": "{{new string('x', 1_000_000)}}", "Models": { "{{new string('m', 1_000_000)}}": { "PerMillionTokens": { "{{new string('I', 1_000_000)}}": 1 } } } }""";

        Assert.All(Refuse(json).Faults, fault => Assert.True(fault.ToString().Length < 3_000, fault.ToString()[..200]));
    }

    /// <summary>Eight times as many mistakes allocate eight times as much, twelve at most; a square would be 64 times.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Validation_OfMoreFaults_IsLinear(string kind)
    {
        string few = Card(kind, 500);
        string many = Card(kind, 4_000);
        Measure(few);
        (long bytes, TimeSpan time) = Measure(few);
        (long moreBytes, TimeSpan moreTime) = Measure(many);

        Assert.True(moreBytes < 12 * bytes, $"{kind}: {bytes:N0} bytes for 500, {moreBytes:N0} for 4,000");
        Assert.True(moreTime < TimeSpan.FromSeconds(5), $"{kind}: {time} for 500, {moreTime} for 4,000");
    }

    private static (long Bytes, TimeSpan Time) Measure(string json)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        RateCardException refusal = Refuse(json);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(refusal.Faults.Count, 1, 101);
        return (bytes, time);
    }

    private static RateCardException Refuse(string json)
    {
        LlmCostModelOptions options = new();
        options.AddJson(json, "card");
        return Assert.Throws<RateCardException>(() => new CostEstimator(options));
    }

    private static string Card(string kind, int count)
    {
        const string P = "\"PerMillionTokens\": { \"Input\": 1 }";
        string Join(Func<int, string> part) => string.Join(", ", Enumerable.Range(0, count).Select(part));
        string Models(Func<int, string> model) => $$"""{ "Currency": "USD", "Models": { {{Join(i => $"\"m{i}\": {model(i)}")}} } }""";
        string Version(string part) => $$"""{ "Currency": "USD", "Models": { "m": { {{P}}, {{part}} } } }""";
        return kind switch
        {
            "price" => Models(_ => """{ "PerMillionTokens": { "Input": -1, "Output": 2 } }"""),
            "suspicious" => Models(_ => """{ "PerMillionTokens": { "Input": 1, "CacheRead": 2, "Output": 3 } }"""),
            "name" => Models(_ => """{ "PerMillionToken": { "Input": 1 } }"""),
            "empty" => Models(_ => "{ }"),
            "alias" => Models(_ => $$"""{ "Aliases": [ "m0" ], {{P}} }"""),
            "id" => Models(i => $$"""{ "Id": "{{(i % 2 == 0 ? "M" : "m")}}", {{P}} }"""),
            "window" => Version($$"""
                "Rules": [ { "Name": "r", "When": { "Daily": [ {{Join(_ => "\"01:00-02:00\"")}} ] }, "Multiply": 2 } ]
                """),
            "overlap" => Version($$"""
                "Rules": [ { "Name": "r", "When": { "Daily": [ "00:00-24:00", {{Join(i => string.Create(CultureInfo.InvariantCulture, $"\"{i / 60 % 24:00}:{i % 60:00}-24:00\""))}} ] }, "Multiply": 2 } ]
                """),
            "never" => Version($$"""
                "Never": [ {{Join(_ => "[ \"Input\", \"Output\" ]")}} ]
                """),
            "rule" => Version($$"""
                "Rules": [ {{Join(_ => """{ "Name": "r", "When": { "TotalInputAbove": 5 }, "Mode": "Marginal", "PerMillionTokens": { "Input": 2 } }""")}} ]
                """),
            "shared" => $$"""
                { "Currency": "USD", "Rules": { {{Join(i => $"\"r{i}\": {{ \"Multiply\": 2 }}")}} }, "Models": { {{Join(i => $"\"m{i}\": {{ {P}, \"Rules\": [ \"x{i}\" ] }}")}} } }
                """,
            "versions" => $$"""{ "Currency": "USD", "Models": { "m": { "Versions": [ {{Join(_ => $"{{ {P} }}")}} ] } } }""",
            "option" => $$"""{ "RateCards": { }, "Deployments": { {{Join(i => $"\"d{i}\": {{ }}")}} } }""",
            _ => $$"""{ {{Join(i => $"\"c{i}\": {{ \"Name\": \"same\", \"Currency\": \"USD\", \"Models\": {{ \"m\": {{ {P} }} }} }}")}} }""",
        };
    }
}
