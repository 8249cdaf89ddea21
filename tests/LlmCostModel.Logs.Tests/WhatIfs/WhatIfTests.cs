using System.Globalization;
using System.Text;
using CsCheck;
using LlmCostModel.Catalog;

namespace LlmCostModel.Logs.Tests.WhatIfs;

/// <summary>What calls would have cost on another model, or at the prices of another day.</summary>
public class WhatIfTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """
        { "Provider": "acme", "Currency": "USD", "Models": {
          "cached": { "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "CacheWrite5m": 1.25, "Output": 5 }, "BilledAs": { "Reasoning": "Output" } },
          "plain": { "PerMillionTokens": { "Input": 2, "Output": 10 } },
          "silent": { "PerMillionTokens": { "Input": 3 } },
          "timed": { "Versions": [
            { "From": "2026-01-01", "Until": "2026-06-01", "PerMillionTokens": { "Input": 4 } },
            { "From": "2026-06-01", "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "peak", "Multiply": 2, "When": { "Days": "Mon-Fri", "Daily": [ "08:00-18:00" ], "TimeZone": "UTC" } } ] } ] } } }
        """u8.ToArray(),
        "acme"));

    /// <summary>DeepSeek's day (342 B read, 266 B fresh, 168 B output) is $562,100 on R1 and $16,635,000 on o1: a millionth of it.</summary>
    [Fact]
    public void Model_ReferenceDay_CostsThirtyTimesAsMuch()
    {
        WhatIf question = Ask(
            BuiltInCatalog.CreateEstimator(),
            new() { Model = "o1" },
            """{"model":"deepseek-reasoner","at":"2025-01-27","usage":{"cacheRead":342000,"input":266000,"output":168000}}""");

        WhatIfSum sum = Assert.Single(question.Totals);
        Assert.Equal((1, 0.5621m, 16.635m, 16.0729m, 29.594378m), (sum.Calls, sum.Actual.Amount, sum.Would.Amount, sum.Difference!.Value.Amount, sum.Ratio));
        Assert.Equal(["'o1' reads the same tokens from its cache."], question.Assumptions);
    }

    /// <summary>1.15 tokens for one: 101 x 1.15 = 116.15, so 116 tokens at 2, and 3 x 1.15 = 3.45, so 3 at 10 per million.</summary>
    [Fact]
    public void TokenRatio_IsOfEachCount_InWholeTokens()
    {
        WhatIf question = Ask(
            Estimator,
            new() { Model = "plain", TokenRatio = 1.15m },
            """{"model":"cached","usage":{"input":101,"output":3}}""");

        Assert.Equal(0.000262m, Assert.Single(question.Totals).Would.Amount);
        Assert.Equal("plain (1.15 times the tokens)", question.ToString());
    }

    /// <summary>Of two calls one is on the model already, by whatever name: its 100 tokens stay, and the 100 of the other are 115; at 2 per
    /// million. Reads of a cache stay, too.</summary>
    [Fact]
    public void TokenRatio_IsNotOfCallsOfTheModelItself()
    {
        WhatIf question = Ask(
            Estimator,
            new() { Model = "plain", TokenRatio = 1.15m },
            """{"model":"plain","usage":{"input":100}}""",
            """{"model":"PLAIN","usage":{"input":100}}""",
            """{"model":"cached","usage":{"input":100}}""");
        WhatIf read = Ask(
            Estimator, new() { Model = "cached", TokenRatio = 1.15m }, """{"model":"cached","usage":{"input":100,"cacheRead":1000}}""");

        Assert.Equal(0.00063m, Assert.Single(question.Totals).Would.Amount); // 315 tokens at 2
        Assert.Equal((0.0002m, 0.0002m), (read.Totals[0].Actual.Amount, read.Totals[0].Would.Amount)); // 100 at 1, 1000 at 0.1
        Assert.Equal(["'cached' reads the same tokens from its cache."], read.Assumptions);
    }

    /// <summary>A model without prices of a cache or of reasoning: (1 + 2 + 4) M at 2, (8 + 16) M at 10; and it says so.</summary>
    [Fact]
    public void Counts_WithoutAPriceOfTheirOwn_AreBilledAsFreshInputAndOutput_AndItIsSaid()
    {
        WhatIf question = Ask(
            Estimator,
            new() { Model = "plain" },
            """{"model":"cached","usage":{"input":1000000,"cacheRead":2000000,"cacheWrite5m":4000000,"output":8000000,"reasoning":16000000}}""");

        WhatIfSum sum = Assert.Single(question.Totals);
        Assert.Equal((126.2m, 254m), (sum.Actual.Amount, sum.Would.Amount)); // 1 + 0.2 + 5 + 24 x 5; 14 + 240
        Assert.Equal(
            [
                "'plain' has no price of CacheRead tokens: they count as Input.",
                "'plain' has no price of CacheWrite5m tokens: they count as Input.",
                "'plain' has no price of Reasoning tokens: they count as Output.",
            ],
            question.Assumptions);
    }

    /// <summary>Both sums are of the same calls: what has no price on one side is on neither, and is counted with its reason.</summary>
    [Fact]
    public void Calls_WithoutAPriceOnOneSide_AreOnNeither()
    {
        WhatIf question = Ask(
            Estimator,
            new() { Model = "silent" },
            """{"model":"cached","usage":{"input":1000000}}""",
            """{"model":"cached","usage":{"input":1000000,"output":1}}""",
            """{"model":"nobody-1","usage":{"input":1000000}}""");

        WhatIfSum sum = Assert.Single(question.Totals);
        Assert.Equal((1, 1m, 3m), (sum.Calls, sum.Actual.Amount, sum.Would.Amount));
        Assert.Equal((2, 1), (question.NotCompared, question.NotPriced));
        SummaryReason reason = Assert.Single(question.Reasons);
        Assert.Equal((CostIssueKind.UnknownTokenPrice, "silent", 1), (reason.Kind, reason.Model, reason.Count));
    }

    /// <summary>A price list of another day has the hours of the call: 10 o'clock of a Tuesday is peak, of a Saturday is not, whatever the
    /// hour of the question is; a list that began on Monday has its Saturday ahead.</summary>
    [Theory]
    [InlineData("2026-05-05T10:00:00Z", "2026-06-10T12:00:00Z", 2)]
    [InlineData("2026-05-05T20:00:00Z", "2026-06-10T12:00:00Z", 1)]
    [InlineData("2026-05-09T10:00:00Z", "2026-06-10T12:00:00Z", 1)]
    [InlineData("2026-05-09T10:00:00Z", "2026-06-02T12:00:00Z", 1)]
    [InlineData("2026-05-05T10:00:00Z", "2026-06-02T22:00:00Z", 2)]
    [InlineData("2026-06-09T10:00:00Z", "2026-05-06T22:00:00Z", 4)]
    public void At_IsThePriceListOfThatDay_AtTheHoursOfTheCall(string at, string today, decimal would)
    {
        WhatIf question = Ask(
            Estimator,
            new() { At = DateTimeOffset.Parse(today, CultureInfo.InvariantCulture) },
            $$$"""{"model":"timed","at":"{{{at}}}","usage":{"input":1000000}}""");

        Assert.Equal(would, Assert.Single(question.Totals).Would.Amount);
    }

    /// <summary>o1 was retired on 2026-10-23: there is no price of it after, and no guess.</summary>
    [Fact]
    public void At_AfterTheEndOfAModel_HasNoAnswer()
    {
        WhatIf question = Ask(
            BuiltInCatalog.CreateEstimator(),
            new() { At = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero) },
            """{"model":"o1","at":"2025-01-27","usage":{"input":1000000}}""");

        Assert.Empty(question.Totals);
        Assert.Equal((1, CostIssueKind.Retired), (question.NotCompared, Assert.Single(question.Reasons).Kind));
    }

    [Fact]
    public void Groups_AreThoseOfTheKeys()
    {
        WhatIf question = Ask(
            Estimator,
            new() { Model = "plain", Keys = [SummaryKey.Find("user")!] },
            """{"model":"cached","usage":{"input":1000000},"tags":{"user":"bob"}}""",
            """{"model":"cached","usage":{"input":2000000},"tags":{"user":"ann"}}""",
            """{"model":"cached","usage":{"input":3000000}}""");

        Assert.Equal(
            [(null, 3m, 6m), ("ann", 2m, 4m), ("bob", 1m, 2m)],
            question.Groups.Select(sum => (sum.Key[0].Value, sum.Actual.Amount, sum.Would.Amount)));
    }

    [Fact]
    public void Question_OfNothing_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new WhatIf(Estimator, new()));
        Assert.Throws<ArgumentException>(() => new WhatIf(Estimator, new() { At = Wednesday, TokenRatio = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WhatIf(Estimator, new() { Model = "plain", TokenRatio = 0 }));
    }

    /// <summary>Whatever was called: on the same model, and at the instant of the calls themselves, it would have cost what it did.</summary>
    [Fact]
    public void SameModel_AtTheSamePrices_CostsTheSame()
    {
        string[] models = ["cached", "plain", "silent", "timed", "nobody-1"];
        Gen.Select(Gen.Int[0, models.Length - 1], Gen.Int[0, 5_000_000], Gen.Int[0, 3], Gen.Int[0, 40 * 24]).Array[1, 20].Sample(calls =>
        {
            string[] lines =
            [
                .. calls.Select(call => string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""{"model":"{{{models[call.Item1]}}}","at":"{{{Wednesday.AddHours(call.Item4).UtcDateTime:O}}}","usage":{"input":{{{call.Item2}}},"output":{{{call.Item3}}}}}""")),
            ];
            WhatIf same = Ask(Estimator, new() { At = Wednesday }, lines); // the list has not changed since
            Assert.All(same.Totals, sum => Assert.Equal(sum.Actual, sum.Would));
            Assert.Equal(same.NotCompared, same.NotPriced);
            Assert.Equal(lines.Length, same.NotCompared + same.Totals.Sum(sum => sum.Calls));
            foreach (string model in models.Take(4))
            {
                WhatIf own = Ask(Estimator, new() { Model = model }, [.. lines.Where((_, i) => models[calls[i].Item1] == model)]);
                Assert.All(own.Totals, sum => Assert.Equal(sum.Actual, sum.Would));
            }
        });
    }

    private static WhatIf Ask(CostEstimator estimator, WhatIfOptions options, params string[] lines)
    {
        WhatIf question = new(estimator, options);
        using MemoryStream log = new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        foreach (LogRecord record in new LogReader().Read(log, "log"))
        {
            question.Add(record, estimator.Price(record.Call! with { Asked = record.Call.Asked with { At = record.Call.Context.At ?? Wednesday } }));
        }

        return question;
    }
}
