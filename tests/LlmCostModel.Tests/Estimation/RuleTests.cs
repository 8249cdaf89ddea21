using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Precedence, tiers, regions, time and what the receipt says of them.</summary>
public class RuleTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000, Output = 1_000_000 };

    [Fact]
    public void Precedence_SetsInOrder_ThenFactors_ThenAdditions_ThenFees()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "MinimumCharge": 5, "Rules": [
              { "Name": "half", "Multiply": 0.5 },
              { "Name": "first", "PerMillionTokens": { "Input": 2, "Output": 20 } },
              { "Name": "second", "PerMillionTokens": { "Input": 3 } },
              { "Name": "router", "AddPerMillionTokens": { "Input": 0.14 } },
              { "Name": "payment", "PercentFee": 5.5 },
              { "Name": "flat", "FixedFee": 0.3 } ]
            """);
        CostReceipt receipt = estimator.Explain("m", Million);

        // Input: 3 (second wins over first) x 0.5 + 0.14 = 1.64; output: 20 x 0.5 = 10; sum 11.64 is above the minimum;
        // 5.5 % of 11.64 = 0.6402; 0.30 fixed: 12.5802.
        Assert.Equal(12.5802m, receipt.Total?.Amount);
        Assert.Equal(["Input", "Output", "PercentFee", "FixedFee"], receipt.Lines.Select(line => line.Name));
        Assert.Equal([1.64m, 10m, 5.5m, 0.3m], receipt.Lines.Select(line => line.Rate));
        Assert.Equal([1.64m, 10m, 0.6402m, 0.3m], receipt.Lines.Select(line => line.Amount));
        Assert.Equal(["second", "half", "router"], receipt.Lines[0].Rules);
        Assert.Equal(["first", "half"], receipt.Lines[1].Rules);
        Assert.Equal(["half", "first", "second", "router", "payment", "flat"], receipt.AppliedRules);
    }

    [Fact]
    public void MinimumCharge_AboveTheSum_FillsUp()
    {
        CostReceipt receipt = Cards.Model("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 1 }, \"MinimumCharge\": 0.01").Explain("m", new TokenUsage { Input = 1_000 });
        Assert.Equal(0.01m, receipt.Total?.Amount); // 0.001 + 0.009
        Assert.Equal([0.001m, 0.009m], receipt.Lines.Select(line => line.Amount));
    }

    [Theory]
    [InlineData(null, "11")]
    [InlineData("standard", "11")]
    [InlineData("DEFAULT", "11")]
    [InlineData("batch", "5.5")]
    [InlineData("Priority", "24")]
    public void Tier_HasItsOwnPrice(string? tier, string expected)
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "Rules": [
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
              { "Name": "priority", "When": { "Tier": [ "priority", "scale" ] }, "PerMillionTokens": { "Input": 4, "Output": 20 } } ]
            """);
        Assert.Equal(expected + " USD", estimator.Estimate("m", Million, new CallContext { Tier = tier }).ToString());
    }

    [Fact]
    public void Tier_WithoutPrice_IsUnpricedNotStandard()
    {
        CostEstimate estimate = Cards.Model("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 10 }").Estimate("m", Million, new CallContext { Tier = "flex" });
        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        Assert.Null(estimate.Total?.Amount);
        Assert.Null(estimate.Total);
        Assert.Equal(
            "unpriced: No price of 'm' for tier 'flex' applies to this call. Add a rule for the tier to rate card 'test'; standard prices are not used in its place.",
            estimate.ToString());
    }

    [Fact]
    public void Tier_Misspelt_NamesThoseThatThereAre()
    {
        CostEstimate estimate = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "Rules": [
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
              { "Name": "priority", "When": { "Tier": [ "priority", "scale" ] }, "Multiply": 2 } ]
            """).Estimate("m", Million, new CallContext { Tier = "priorty" });

        Assert.EndsWith("standard prices are not used in its place. Tiers that it names: batch, priority, scale.", Assert.Single(estimate.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_BesideATier_NeedsBothPrices()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "Rules": [
              { "Name": "fast", "When": { "Tier": "fast" }, "Multiply": 6 },
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ]
            """);
        Assert.Equal("33 USD", estimator.Estimate("m", Million, new CallContext { Tier = "fast", Batch = true }).ToString()); // 11 x 6 x 0.5
        Assert.Equal("5.5 USD", estimator.Estimate("m", Million, new CallContext { Batch = true }).ToString());
        Assert.Equal(CostIssueKind.UnknownTier, estimator.Estimate("m", Million, new CallContext { Tier = "priority", Batch = true }).Issues[0].Kind);
    }

    [Fact]
    public void Never_CombinationThatIsNotSold_IsAnError()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "PerMeter": { "WebSearch": 0.01 }, "Rules": [
              { "Name": "fast", "When": { "Tier": "fast" }, "Multiply": 6 },
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ], "Never": [ [ "batch", "fast" ], [ "batch", "WebSearch" ] ]
            """);
        CostEstimate estimate = estimator.Estimate("m", Million, new CallContext { Tier = "fast", Batch = true });
        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        Assert.Equal("'m' is not sold with this combination: batch with fast. Check the tier and options that the call was served with.", Assert.Single(estimate.Issues).Message);
        Assert.Equal(CostIssueKind.ImpossibleCombination, estimator.Estimate("m", Million, new CallContext { Tier = "batch" }, [new("webSearch", 1)]).Issues[0].Kind);
        Assert.Equal("66 USD", estimator.Estimate("m", Million, new CallContext { Tier = "fast" }).ToString());
    }

    [Fact]
    public void RegionAndTier_InOneRule_NeedBoth()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "Rules": [
              { "Name": "us", "When": { "Region": [ "us", "us-gov" ] }, "Multiply": 1.1, "On": [ "Tokens" ] },
              { "Name": "us batch", "When": { "Region": "us", "Tier": "batch" }, "Multiply": 0.5 } ]
            """);
        Assert.Equal("12.1 USD", estimator.Estimate("m", Million, new CallContext { Region = "US" }).ToString());
        Assert.Equal("6.05 USD", estimator.Estimate("m", Million, new CallContext { Region = "us", Tier = "batch" }).ToString());
        Assert.Equal("11 USD", estimator.Estimate("m", Million, new CallContext { Region = "eu" }).ToString());
        Assert.Equal(CostIssueKind.UnknownTier, estimator.Estimate("m", Million, new CallContext { Region = "us-gov", Tier = "batch" }).Issues[0].Kind);
    }

    [Theory]
    [InlineData("2025-06-09T23:59:59Z", "50")]
    [InlineData("2025-06-10T00:00:00Z", "10")]
    [InlineData("2025-06-10T01:59:59+02:00", "50")]
    public void Versions_FromIsInclusive_UntilIsExclusive(string at, string expected)
    {
        CostEstimator estimator = Cards.Model("""
            "Versions": [ { "From": "2025-04-16", "PerMillionTokens": { "Input": 10, "Output": 40 } }, { "From": "2025-06-10", "Until": "2026-01-01", "PerMillionTokens": { "Input": 2, "Output": 8 } } ]
            """);
        Assert.Equal(expected + " USD", estimator.Estimate("m", Million, At(at)).ToString());
        Assert.Equal(
            "unpriced: No price of 'm' is known at 2026-01-01T00:00:00Z; known: 2025-04-16T00:00:00Z to 2025-06-10T00:00:00Z, 2025-06-10T00:00:00Z to 2026-01-01T00:00:00Z. Add a version for that time to rate card 'test'.",
            estimator.Estimate("m", Million, At("2026-01-01T00:00:00Z")).ToString());
    }

    [Fact]
    public void Announced_AppliesOnlyWhenAsked()
    {
        CostEstimator estimator = Cards.Model("""
            "Versions": [ { "PerMillionTokens": { "Input": 2, "Output": 10 } }, { "From": "2026-09-01", "Status": "announced", "PerMillionTokens": { "Input": 3, "Output": 15 } } ]
            """);
        CallContext later = At("2026-10-01T00:00:00Z");
        Assert.Equal("12 USD", estimator.Estimate("m", Million, later).ToString());
        Assert.Equal("18 USD", estimator.Estimate("m", Million, later with { IncludeAnnounced = true }).ToString());
        Assert.Equal("12 USD", estimator.Estimate("m", Million, At("2026-08-31T23:59:59Z") with { IncludeAnnounced = true }).ToString());
    }

    [Fact]
    public void Announced_Alone_IsUnpricedAndSaysSo()
    {
        CostEstimator estimator = Cards.Model("""
            "Versions": [ { "Until": "2026-09-01", "PerMillionTokens": { "Input": 2, "Output": 10 } }, { "From": "2026-09-01", "Status": "announced", "PerMillionTokens": { "Input": 3, "Output": 15 } } ]
            """);
        Assert.Equal(
            "unpriced: The price of 'm' at 2026-10-01T00:00:00Z is only announced (from 2026-09-01T00:00:00Z). Set CallContext.IncludeAnnounced to use it, or confirm it in the rate card.",
            estimator.Estimate("m", Million, At("2026-10-01T00:00:00Z")).ToString());
    }

    [Fact]
    public void UnknownBucket_IsPartialAndNamed()
    {
        CostEstimate estimate = Cards.Model("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 10 }").Estimate("m", new TokenUsage { Input = 1_000_000, Reasoning = 5 });
        Assert.Equal(CostStatus.Partial, estimate.Status);
        Assert.Equal(1m, estimate.Total?.Amount);
        Assert.Null(estimate.GetAmount(TokenBucket.Reasoning));
        Assert.Equal(1m, estimate.GetAmount(TokenBucket.Input));
        Assert.Equal(
            "at least 1 USD: No price of 'm' for Reasoning tokens. Add 'Reasoning' to its PerMillionTokens in rate card 'test', or say in BilledAs which bucket they are billed as (usually Output).",
            estimate.ToString());
        Assert.Throws<UnpricedException>(() => estimate.GetRequiredTotal().Amount);
    }

    [Fact]
    public void OnlyUnknownBuckets_AreUnpriced() =>
        Assert.Equal(CostStatus.Unpriced, Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }").Estimate("m", new TokenUsage { Output = 1 }).Status);

    [Fact]
    public void FreeAndUnknown_Differ()
    {
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 0 }");
        Assert.Equal("0 USD", estimator.Estimate("m", new TokenUsage { Input = 5 }).ToString());
        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("m", new TokenUsage { Output = 5 }).Status);
    }

    [Fact]
    public void BilledAs_UsesTheFinalPriceOfTheOtherBucket()
    {
        CostReceipt receipt = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "BilledAs": { "Reasoning": "Output", "CacheWrite": "Input" }, "Rules": [ { "Name": "half", "Multiply": 0.5, "On": [ "Output" ] } ]
            """).Explain("m", new TokenUsage { CacheWrite = 1_000_000, Reasoning = 1_000_000 });
        Assert.Equal(6m, receipt.Total?.Amount); // 1 + 10 x 0.5
        Assert.Equal([TokenBucket.Input, TokenBucket.Output], receipt.Lines.Select(line => line.BilledAs));
    }

    /// <summary>What a card says of all its models: who has no BilledAs of its own takes it where it fills a gap, and only there.</summary>
    [Theory]
    [InlineData("inherits", "Reasoning: Output, ImageCacheRead: Input")] // through CacheRead, which has no price either
    [InlineData("cached", "Reasoning: Output, CacheRead: -, ImageCacheRead: CacheRead")]
    [InlineData("own", "Reasoning: -, ImageCacheRead: -, ImageInput: Input")]
    [InlineData("none", "Reasoning: -, ImageCacheRead: -")]
    [InlineData("embedding", "Reasoning: -, ImageCacheRead: Input")]
    [InlineData("byRule", "Reasoning: Output, ImageCacheRead: -")]
    public void BilledAs_OfTheCard_FillsGaps(string model, string expected)
    {
        PriceVersion version = RateCardJson.Parse("""
            { "c": { "Currency": "USD", "BilledAs": { "Reasoning": "Output", "CacheRead": "Input", "ImageCacheRead": "CacheRead" }, "Models": {
              "inherits": { "PerMillionTokens": { "Input": 1, "Output": 10 } },
              "cached": { "PerMillionTokens": { "Input": 1, "CacheRead": 0.5, "Output": 10 } },
              "own": { "PerMillionTokens": { "Input": 1, "Output": 10 }, "BilledAs": { "ImageInput": "Input" } },
              "none": { "PerMillionTokens": { "Input": 1, "Output": 10 }, "BilledAs": {} },
              "embedding": { "PerMillionTokens": { "Input": 1 } },
              "byRule": { "Rules": [ { "Name": "r", "When": { "Tier": "batch" }, "PerMillionTokens": { "Output": 5 } } ] } } } }
            """u8.ToArray(), "file")[0].Models.Single(candidate => candidate.Id == model).Versions[0];

        foreach (string[] pair in expected.Split(", ").Select(text => text.Split(": ")))
        {
            TokenBucket bucket = Enum.Parse<TokenBucket>(pair[0]);
            TokenBucket? end = version.BilledAs.TryGetValue(bucket, out TokenBucket other) ? other : null;
            while (end is { } next && version.PerMillionTokens[next] is null && version.BilledAs.TryGetValue(next, out TokenBucket further))
            {
                end = further;
            }

            Assert.Equal(pair[1], end?.ToString() ?? "-");
        }
    }

    /// <summary>A rule that the card names once is the same as the rule written out, in the order in which the version lists it.</summary>
    [Fact]
    public void Rules_OfTheCard_AreUsedByName()
    {
        const string Models = """
            "m": { "PerMillionTokens": { "Input": 1, "Output": 10 }, "Rules": [ BATCH, { "Name": "dear", "When": { "Tier": "batch" }, "PerMillionTokens": { "Input": 4 } }, EU ] },
            "n": { "Versions": [ { "PerMillionTokens": { "Input": 2 }, "Rules": [ EU ] } ] }
            """;
        const string Batch = """ "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Tokens" ] """;
        const string Eu = """ "When": { "Region": "eu" }, "PerMillionTokens": { "Input": 3 } """;
        byte[] shared = Write($$"""{ "Currency": "USD", "Rules": { "batch": { {{Batch}} }, "eu": { {{Eu}} } }, "Models": { {{Models.Replace("BATCH", "\"Batch\"", StringComparison.Ordinal).Replace("EU", "\"eu\"", StringComparison.Ordinal)}} } }""");
        byte[] writtenOut = Write($$"""{ "Currency": "USD", "Models": { {{Models.Replace("BATCH", $$"""{ "Name": "batch", {{Batch}} }""", StringComparison.Ordinal).Replace("EU", $$"""{ "Name": "eu", {{Eu}} }""", StringComparison.Ordinal)}} } }""");

        Assert.Equal(writtenOut, shared);

        static byte[] Write(string json) => RateCardJson.Write(Cards.Parse(json)[0]);
    }

    /// <summary>A meter whose price depends on what the call does not say costs something unknown, not nothing.</summary>
    [Fact]
    public void AmountOf_MeterWithoutItsAttribute_IsUnknown()
    {
        CostEstimate estimate = Cards.Model("""
            "PerMeter": { "Image": { "Price": 1, "Free": 5 } }, "Rules": [ { "Name": "720p", "When": { "Attributes": { "resolution": "720p" } }, "PerMeter": { "VideoOutputSecond": 0.3 } } ]
            """).Estimate("m", default, default, MeteredQuantities.Empty.With("VideoOutputSecond", 10).With("Image", 1).With("Page", 1));

        Assert.Null(estimate.GetAmount("VideoOutputSecond"));
        Assert.Null(estimate.GetAmount("image")); // its free quantity needs what was consumed before
        Assert.Null(estimate.GetAmount("Page")); // no price at all
        Assert.Equal(CostStatus.Unpriced, estimate.Status);
        Assert.Equal(0, Cards.Model("\"PerMillionTokens\": { \"Input\": 1 }").Estimate("m", new TokenUsage { Input = 1 }).GetAmount("Image"));
    }

    [Theory]
    [InlineData(null, 11)]
    [InlineData("global", 11)] // no region
    [InlineData("us", 12.1)]
    [InlineData("US-east-1", 12.1)]
    [InlineData("eu-central-1", 22)]
    [InlineData("eu-isoe-1", 33)] // left out of eu-*
    [InlineData("europe", 33)]
    [InlineData("ap-south-1", 33)] // any other
    public void Regions_ByTheirBeginning(string? region, decimal total)
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "Rules": [
              { "Name": "us", "When": { "Region": [ "us", "us-*" ] }, "Multiply": 1.1 },
              { "Name": "eu", "When": { "Region": [ "eu-*", "!eu-iso*" ] }, "Multiply": 2 },
              { "Name": "others", "When": { "Region": [ "*", "!us", "!us-*", "!eu-central-*" ] }, "Multiply": 3 } ]
            """);

        Assert.Equal(total, estimator.Estimate("m", Million, new CallContext { Region = region }).Total?.Amount);
    }

    /// <summary>What a card does not know of a region is not priced as if it were elsewhere.</summary>
    [Fact]
    public void Unpriced_WhereTheRuleHolds_SaysSo()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 1, "Output": 10 }, "PerMeter": { "WebSearch": 0.01 }, "BilledAs": { "Reasoning": "Output" }, "Rules": [
              { "Name": "other regions", "When": { "Region": "*" }, "Unpriced": true, "On": [ "Tokens" ] },
              { "Name": "eu", "When": { "Region": "eu" }, "PerMillionTokens": { "Input": 2 } },
              { "Name": "twice", "When": { "Tier": "fast" }, "Multiply": 2 } ]
            """);

        Assert.Equal("11 USD", estimator.Estimate("m", Million).ToString());
        CostEstimate elsewhere = estimator.Estimate("m", new TokenUsage { Input = 5, Reasoning = 5 }, new CallContext { Region = "us", Tier = "fast" });
        Assert.Equal(CostStatus.Unpriced, elsewhere.Status);
        Assert.Equal(
            [
                "No price of 'm' for Input tokens in region 'us' is known: rule 'other regions' of 'test' says so. Add a rule with that price after it.",
                "No price of 'm' for Reasoning tokens in region 'us' is known: rule 'other regions' of 'test' says so. Add a rule with that price after it.",
            ],
            elsewhere.Issues.Select(issue => issue.Message));
        CostReceipt partly = estimator.Explain("m", Million, new CallContext { Region = "eu" });
        Assert.Equal((CostStatus.Partial, 2m, "Output"), (partly.Status, partly.Total?.Amount, Assert.Single(partly.Issues).Subject));
        Assert.Equal(0.01m, estimator.Estimate("m", default, new CallContext { Region = "us" }, MeteredQuantities.Empty.With("WebSearch", 1)).Total?.Amount);
    }

    private static CallContext At(string instant) => new() { At = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) };
}
