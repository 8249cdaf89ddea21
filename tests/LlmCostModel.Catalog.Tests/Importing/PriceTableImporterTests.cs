using System.Text;

namespace LlmCostModel.Catalog.Tests.Importing;

public class PriceTableImporterTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000, Output = 1_000_000 };

    [Fact]
    public void LiteLlm_Prices_BecomePerMillionWithTiersAndLevels()
    {
        ImportResult result = Import(PriceTableFormat.LiteLlm, """
            { "sample_spec": { "litellm_provider": "one of ...", "input_cost_per_token": 0 },
              "gemini/gem-1": { "litellm_provider": "gemini", "mode": "chat", "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
                "input_cost_per_token_above_200k_tokens": 2.5e-06, "output_cost_per_token_above_200k_tokens": 1.5e-05, "input_cost_per_token_batches": 6.25e-07, "output_cost_per_token_batches": 5e-06,
                "search_context_cost_per_query": { "search_context_size_low": 0.03, "search_context_size_high": 0.05 } } }
            """);

        Assert.Equal((2, 1, 1), (result.Entries, result.Imported, result.Refused));
        CostEstimator estimator = new(result.RateCards);
        Assert.Equal(2.5m + 15m, estimator.Estimate("gem-1", Million).Total?.Amount); // a million is above 200k
        Assert.Equal(0.125m + 1m, estimator.Estimate("gem-1", new TokenUsage { Input = 100_000, Output = 100_000 }).Total?.Amount);
        Assert.Equal(0.0625m + 0.5m, estimator.Estimate("gem-1", new TokenUsage { Input = 100_000, Output = 100_000 }, new CallContext { Tier = "batch" }).Total?.Amount);
        Assert.Equal(0.05m, estimator.Estimate("gem-1", default, new CallContext { Attributes = [new("searchContextSize", "high")] }, [new("WebSearch", 1)]).Total?.Amount);
    }

    /// <summary>Steps by the size of the input, as the table has them for Model Studio, and steps of another kind.</summary>
    [Theory]
    [InlineData(32_000, 0.032)] // 0.032 x 1
    [InlineData(32_001, 0.0576018)] // 0.032001 x 1.8
    [InlineData(128_001, 0.384003)] // 0.128001 x 3
    public void LiteLlm_TieredPricing_BecomesPricesByTheSizeOfTheInput(long tokens, decimal cost)
    {
        ImportResult result = Import(PriceTableFormat.LiteLlm, """
            { "dashscope/q": { "litellm_provider": "dashscope", "mode": "chat", "tiered_pricing": [
                { "range": [0, 32000.0], "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06 },
                { "range": [32000.0, 128000.0], "input_cost_per_token": 1.8e-06, "output_cost_per_token": 9e-06 },
                { "range": [128000.0, 256000.0], "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05 } ] },
              "exa": { "litellm_provider": "exa", "mode": "search", "input_cost_per_query": 0.005, "tiered_pricing": [ { "input_cost_per_query": 0.005, "max_results_range": [0, 25] } ] } }
            """);

        Assert.Equal(cost, new CostEstimator(result.RateCards).Estimate("q", new TokenUsage { Input = tokens }).Total?.Amount);
        Assert.Equal([new ImportLoss("exa", "tiered_pricing", "a step has no range of input tokens")], result.Losses);
    }

    /// <summary>A price that binary floating point spoilt, a key without counterpart, and zero for unknown.</summary>
    [Fact]
    public void LiteLlm_LossyEntries_AreReported()
    {
        ImportResult result = Import(PriceTableFormat.LiteLlm, """
            { "a": { "litellm_provider": "p", "mode": "chat", "input_cost_per_token": 2.9999999999999997e-07, "output_cost_per_token": 6e-07, "off_peak_pricing": { "hours_utc": [] } },
              "b": { "litellm_provider": "p", "mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0 },
              "c": { "litellm_provider": "p", "mode": "chat", "input_cost_per_token": 2.5, "output_cost_per_token": 10 },
              "p/a": { "litellm_provider": "p", "mode": "chat", "input_cost_per_token": 1e-06 } }
            """);

        Assert.Equal((4, 1, 1, 3), (result.Entries, result.Imported, result.Lossy, result.Refused));
        Assert.Equal(0.3m, new CostEstimator(result.RateCards).Estimate("a", new TokenUsage { Input = 1_000_000 }).Total?.Amount);
        Assert.Equal(
            [
                new("a", "input_cost_per_token", "2.9999999999999997e-07 is noise of binary floating point; read as 0.0000003"),
                new("a", "off_peak_pricing", "the structure has no counterpart here"),
                new("b", "entry", "has zero prices, which in this table mean free as well as unknown"),
                new("c", "entry", "costs 2500000 per 1,000,000 Input tokens, which looks like a price of another unit"),
                new ImportLoss("p/a", "entry", "is the model 'a' of 'p', as 'a' is"),
            ],
            result.Losses);
    }

    [Fact]
    public void ModelsDev_TiersAndUnknownKeys()
    {
        ImportResult result = Import(PriceTableFormat.ModelsDev, """
            { "xai": { "models": {
              "grok": { "cost": { "input": 2, "output": 6, "cache_read": 0.5, "tiers": [ { "input": 4, "output": 12, "tier": { "size": 200000, "type": "context" } } ], "magic": 3 } },
              "plan": { "cost": { "input": 0, "output": 0 } },
              "inherits": { "base_model": "x" } } } }
            """);

        Assert.Equal((3, 1, 1, 2), (result.Entries, result.Imported, result.Lossy, result.Refused));
        Assert.Equal(4m + 12m, new CostEstimator(result.RateCards).Estimate("grok", Million).Total?.Amount);
        Assert.Equal(
            [
                new("xai/grok", "magic", "no condition or meter here corresponds to the key"),
                new("xai/plan", "entry", "has zero prices, which in this table mean free, included in a plan or unknown"),
                new ImportLoss("xai/inherits", "entry", "has no cost"),
            ],
            result.Losses);
    }

    [Fact]
    public void OpenRouter_DynamicAndFree_Differ()
    {
        ImportResult result = Import(PriceTableFormat.OpenRouter, """
            [ { "id": "openrouter/auto", "pricing": { "prompt": "-1", "completion": "-1" } },
              { "id": "a/b:free", "pricing": { "prompt": "0", "completion": "0" } },
              { "id": "a/b", "pricing": { "prompt": "0.00000014", "completion": "0.00000028", "input_cache_read": "0.0000000028", "web_search": "0.01", "image": "0", "overrides": [ {} ] } },
              { "id": "a/long", "canonical_slug": "a/long-20260801", "pricing": { "prompt": "0.000001", "completion": "0.000002", "image": "0.000001", "internal_reasoning": "0.000002", "input_cache_write": "0.00000008", "overrides": [ { "min_prompt_tokens": 200000, "prompt": "0.000004", "completion": "0.000006" } ] } },
              { "id": "a/twin", "canonical_slug": "a/twins", "pricing": { "prompt": "0.000001", "completion": "0.000002" } },
              { "id": "a/other-twin", "canonical_slug": "a/twins", "pricing": { "prompt": "0.000003", "completion": "0.000004" } } ]
            """);

        Assert.Equal((6, 5, 2, 1), (result.Entries, result.Imported, result.Lossy, result.Refused));
        CostEstimator estimator = new(result.RateCards);
        Assert.Equal(0, estimator.Estimate("a/b:free", Million).Total?.Amount);
        Assert.Equal(0.14m + 0.28m, estimator.Estimate("a/b", Million).Total?.Amount);
        Assert.Contains(new ImportLoss("openrouter/auto", "prompt", "-1 is negative: a sign for a price that is not fixed"), result.Losses);
        Assert.Contains(new ImportLoss("a/b", "overrides", "a condition other than the size of the prompt"), result.Losses);
        Assert.Contains(new ImportLoss("a/long", "input_cache_write", "is below the price of fresh input: it may be charged besides it"), result.Losses);
        Assert.Contains(new ImportLoss("a/long", "image", "equals the price of a prompt token: that of an image's token, not of an image"), result.Losses);
        Assert.Equal(0.199999m * 1, estimator.Estimate("a/long-20260801", new TokenUsage { Input = 199_999 }).Total?.Amount);
        Assert.Equal((0.2m * 4) + 6, estimator.Estimate("a/long", new TokenUsage { Input = 200_000, Reasoning = 1_000_000 }).Total?.Amount); // reasoning follows output
        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("a/twins", Million).Status); // it could be either
    }

    [Fact]
    public void GenAiPrices_DatesAndTimesOfDay()
    {
        ImportResult result = Import(PriceTableFormat.GenAiPrices, """
            [ { "id": "openai", "models": [ { "id": "o3", "prices": [ { "prices": { "input_mtok": 10, "output_mtok": 40 } }, { "constraint": { "start_date": "2025-06-10" }, "prices": { "input_mtok": 2, "output_mtok": 8 } } ] } ] },
              { "id": "deepseek", "models": [ { "id": "v3", "prices": [ { "prices": { "input_mtok": 0.135, "output_mtok": 0.55 } }, { "constraint": { "start_time": "00:30:00Z", "end_time": "16:30:00Z" }, "prices": { "input_mtok": 0.27, "output_mtok": 1.1 } } ] },
                { "id": "odd", "prices": { "input_mtok": { "base": 1, "tiers": [ { "start": 200000, "price": 2 } ] }, "dances_kcount": 3 } },
                { "id": "moon", "prices": [ { "prices": { "input_mtok": 1 } }, { "constraint": { "moon": "full" }, "prices": { "input_mtok": 2 } } ] } ] } ]
            """);

        CostEstimator estimator = new(result.RateCards);
        Assert.Equal(50, estimator.Estimate("o3", Million, At("2025-06-09T23:59:59Z")).Total?.Amount);
        Assert.Equal(10, estimator.Estimate("o3", Million, At("2025-06-10T00:00:00Z")).Total?.Amount);
        Assert.Equal(0.27m + 1.1m, estimator.Estimate("v3", Million, At("2025-06-10T00:30:00Z")).Total?.Amount);
        Assert.Equal(0.135m + 0.55m, estimator.Estimate("v3", Million, At("2025-06-10T16:30:00Z")).Total?.Amount);
        Assert.Equal(2, estimator.Estimate("odd", new TokenUsage { Input = 1_000_000 }).Total?.Amount);
        Assert.Equal(
            [
                new("deepseek/odd", "dances_kcount", "no condition or meter here corresponds to the key"),
                new ImportLoss("deepseek/moon", "constraint", "neither a start date nor a time of day"),
            ],
            result.Losses);
    }

    [Fact]
    public void LlmPrices_History()
    {
        ImportResult result = Import(PriceTableFormat.LlmPrices, """
            { "vendor": "openai", "models": [ { "id": "luna", "price_history": [
              { "input": 1.0, "output": 6.0, "from_date": null, "to_date": "2026-07-30", "input_cached": 0.1 }, { "input": 0.2, "output": 1.2, "from_date": "2026-07-30", "to_date": null, "input_cached": "?" } ] },
              { "id": "none", "price_history": [] },
              { "id": "minus", "price_history": [ { "input": 1, "output": -1, "from_date": null, "to_date": null, "input_cached": null } ] } ] }
            """);

        Assert.Equal((3, 2, 2, 1), (result.Entries, result.Imported, result.Lossy, result.Refused));
        Assert.Contains(new ImportLoss("openai/minus", "output", "-1 is negative: a sign for a price that is not fixed"), result.Losses);
        CostEstimator estimator = new(result.RateCards);
        Assert.Equal(7, estimator.Estimate("luna", Million, At("2026-07-29T23:59:59Z")).Total?.Amount);
        Assert.Equal(1.4m, estimator.Estimate("luna", Million, At("2026-07-30T00:00:00Z")).Total?.Amount);
        Assert.Contains(new ImportLoss("openai/luna", "input_cached", "'\"?\"' is not a number"), result.Losses);
    }

    /// <summary>Cents per token: 0.00025 is 2.50 USD per million.</summary>
    [Fact]
    public void Portkey_Cents_BecomeDollars()
    {
        ImportResult result = PriceTableImporter.Import(PriceTableFormat.Portkey, """
            { "default": { "pricing_config": { "pay_as_you_go": { "request_token": { "price": 0 } }, "currency": "USD" } },
              "gpt-4o": { "pricing_config": { "pay_as_you_go": { "request_token": { "price": 0.00025 }, "response_token": { "price": 0.001 }, "cache_write_input_token": { "price": 0 },
                "additional_units": { "web_search": { "price": 1 }, "routing_units": { "price": 2 } } }, "currency": "USD" } },
              "yen": { "pricing_config": { "pay_as_you_go": { "request_token": { "price": 1 } }, "currency": "JPY" } } }
            """u8.ToArray(), provider: "openai");

        Assert.Equal((3, 1, 1, 2), (result.Entries, result.Imported, result.Lossy, result.Refused));
        CostEstimator estimator = new(result.RateCards);
        Assert.Equal(12.5m, estimator.Estimate("gpt-4o", Million).Total?.Amount);
        Assert.Equal(0.01m, estimator.Estimate("gpt-4o", default, default, [new("WebSearch", 1)]).Total?.Amount); // a cent
        Assert.Contains(new ImportLoss("gpt-4o", "additional_units.routing_units", "no condition or meter here corresponds to the key"), result.Losses);
    }

    /// <summary>One good entry and others that are not written as the format has it: those are refused by name, the good one is imported.</summary>
    [Theory]
    [InlineData(PriceTableFormat.LiteLlm, 4, """{ "good": { "litellm_provider": "h", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 }, "a": 3, "b": { "litellm_provider": 7 }, "c": { "litellm_provider": "h", "input_cost_per_token": 1e-06, "tiered_pricing": [ { "range": [ "x", {} ] } ], "mode": [] } }""", "a b c")]
    [InlineData(PriceTableFormat.ModelsDev, 4, """{ "h": { "models": { "good": { "cost": { "input": 1, "output": 1 } }, "a": 7, "b": { "cost": { "input": 1, "output": 1, "tiers": 3 } } } }, "c": 4 }""", "h/a h/b c")]
    [InlineData(PriceTableFormat.OpenRouter, 4, """{ "data": [ { "id": "good", "pricing": { "prompt": "0.000001", "completion": "0.000001" } }, 5, { "pricing": {} }, { "id": "a", "pricing": [] } ] }""", "#1 #2 a")]
    [InlineData(PriceTableFormat.GenAiPrices, 4, """[ { "id": "h", "models": [ { "id": "good", "prices": { "input_mtok": 1, "output_mtok": 1 } }, { "id": "a" }, { "prices": { "input_mtok": 1 } }, { "id": "b", "prices": { "input_mtok": { "base": 1, "tiers": [ { "start": "many" } ] } } } ] }, 3 ]""", "h/a h/#2 h/b")]
    [InlineData(PriceTableFormat.LlmPrices, 4, """{ "vendor": "h", "models": [ { "id": "good", "price_history": [ { "input": 1, "output": 1 } ] }, { "id": "a" }, { "price_history": [] }, { "id": "b", "price_history": [ { "input": 1 } ] } ] }""", "h/a h/#2 h/b")]
    [InlineData(PriceTableFormat.Portkey, 4, """{ "good": { "pricing_config": { "pay_as_you_go": { "request_token": { "price": 0.0001 }, "response_token": { "price": 0.0001 } } } }, "a": 3, "b": { "pricing_config": [] }, "c": { "pricing_config": { "pay_as_you_go": { "request_token": 5 } } } }""", "a b c")]
    public void Malformed_Entries_AreRefused_AndLoseNothingElse(PriceTableFormat format, int entries, string json, string refused)
    {
        ImportResult result = PriceTableImporter.Import(format, Encoding.UTF8.GetBytes(json), "h");

        Assert.Equal(entries, result.Entries);
        Assert.Equal(refused.Split(' '), result.Losses.Where(loss => loss.What == "entry").Select(loss => loss.Id));
        Assert.Equal(2, new CostEstimator(result.RateCards).Estimate("good", Million).Total?.Amount);
        Assert.Equal(CostStatus.Unpriced, new CostEstimator(result.RateCards).Estimate("a", Million).Status);
    }

    /// <summary>Zero beside a price is not free either: it is left out, and told.</summary>
    [Fact]
    public void LiteLlm_ZeroBesidePrices_IsToldNotTaken()
    {
        ImportResult result = Import(PriceTableFormat.LiteLlm, """
            { "a": { "litellm_provider": "p", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06, "cache_creation_input_token_cost": 0, "input_cost_per_image": 0.0 } }
            """);

        Assert.Equal(["cache_creation_input_token_cost", "input_cost_per_image"], result.Losses.Select(loss => loss.What));
        Assert.Equal(CostStatus.Unpriced, new CostEstimator(result.RateCards).Estimate("a", new TokenUsage { CacheWrite = 1 }).Status);
    }

    [Fact]
    public void Cards_TellTheTableAndItsDay()
    {
        RateCard card = Assert.Single(PriceTableImporter.Import(PriceTableFormat.LlmPrices, """{ "vendor": "h", "models": [ { "id": "a", "price_history": [ { "input": 1, "output": 1 } ] } ] }"""u8.ToArray(), asOf: new DateOnly(2026, 8, 5)).RateCards);

        Assert.Equal(("https://github.com/simonw/llm-prices", new DateOnly(2026, 8, 5)), (card.Source, card.AsOf));
    }

    public static TheoryData<string> Hostile => new()
    {
        "", "[", "null", "3", "{\"a\":", "{\"a\":{},\"a\":{}}", new string('[', 5_000), "\u0001", "{ \"openai\": 3 }",
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_Text_IsRefusedOrAccountedFor(string text)
    {
        foreach (PriceTableFormat format in Enum.GetValues<PriceTableFormat>())
        {
            try
            {
                ImportResult result = PriceTableImporter.Import(format, Encoding.UTF8.GetBytes(text), "h");
                Assert.Equal(0, result.Imported);
            }
            catch (RateCardException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    [Theory]
    [InlineData("1e40")]
    [InlineData("\"NaN\"")]
    [InlineData("true")]
    [InlineData("-0.5")]
    public void Hostile_Price_IsLostNotRead(string price)
    {
        ImportResult result = Import(PriceTableFormat.LiteLlm, $$"""{ "a": { "litellm_provider": "p", "input_cost_per_token": {{price}} } }""");

        Assert.Equal(0, result.Imported);
        Assert.Equal("input_cost_per_token", result.Losses[0].What);
    }

    private static ImportResult Import(PriceTableFormat format, string json) => PriceTableImporter.Import(format, Encoding.UTF8.GetBytes(json));

    private static CallContext At(string instant) => new() { At = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) };
}
