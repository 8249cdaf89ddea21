using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>Nothing that looks like a price is dropped without a word: it is in the card, or in the losses by its key.</summary>
public class PriceKeyTests
{
    /// <summary>What the units of the tables are multiplied by: per token, per thousand, cents; and what is added up to a price.</summary>
    private static readonly decimal[] Scales = [1, 1_000_000, 10_000, 0.01m, 0.001m];

    [SharedDataTheory]
    [InlineData(PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2026-08-01.json.gz")]
    [InlineData(PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2025-08-04.json.gz")]
    [InlineData(PriceTableFormat.ModelsDev, "prices/models_dev_2026-07-02.json.gz")]
    [InlineData(PriceTableFormat.OpenRouter, "prices/openrouter_models_2026-08-01.json")]
    [InlineData(PriceTableFormat.GenAiPrices, "prices/genai_prices_v2.json")]
    [InlineData(PriceTableFormat.LlmPrices, "prices/simonw_llm_prices_2026-08-05.json")]
    public void EveryPrice_OfAPublicTable_IsImportedOrReported(PriceTableFormat format, string file) =>
        AssertNothingIsDropped(format, PublicTableTests.Load(file), atLeast: 142);

    /// <summary>Made up: an entry for each kind of block that a table can have.</summary>
    [Theory]
    [InlineData(PriceTableFormat.LiteLlm, """
        { "p/a": { "litellm_provider": "p", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "input_cost_per_token_cache_hit": 3e-07, "cache_read_input_token_cost": 4e-07,
            "input_cost_per_image_above_128k_tokens": 0.005, "provider_specific_entry": { "us": 1.1, "fast": 6, "moon": 7 }, "output_cost_per_dance": 0.8, "off_peak_pricing": { "price": 0.9 },
            "search_context_cost_per_query": { "search_context_size_low": 0.03, "search_context_size_high": 0.05 }, "input_dbu_cost_per_token": 1.4e-05 } }
        """)]
    [InlineData(PriceTableFormat.ModelsDev, """
        { "p": { "models": { "a": { "cost": { "input": 1.5, "output": 2.5, "cached_input": 0.7, "context_over_200k": { "input": 3.5, "request": 9 },
            "tiers": [ { "input": 4.5, "tier": { "type": "context", "size": 272000 } }, { "input": 5.5, "tier": { "type": "moon", "size": 7 } } ] },
            "experimental": { "modes": { "fast": { "cost": { "input": 11 } } } } } } } }
        """)]
    [InlineData(PriceTableFormat.OpenRouter, """
        [ { "id": "a/b", "pricing": { "prompt": "0.0000014", "completion": "0.0000028", "dance": "0.5", "discount": "0.25", "image": "0.0000014",
            "overrides": [ { "min_prompt_tokens": 200000, "prompt": "0.000003", "dance": "0.6" }, { "moon": "full", "prompt": "0.000004" } ] } } ]
        """)]
    [InlineData(PriceTableFormat.GenAiPrices, """
        [ { "id": "p", "models": [ { "id": "a", "prices": [ { "prices": { "input_mtok": 1.5, "requests_kcount": 12, "dances_kcount": 13 } },
            { "constraint": { "start_date": "2026-01-01", "start_time": "00:30:00Z" }, "prices": { "input_mtok": 2.5 } },
            { "constraint": { "start_time": "00:30:00Z", "end_time": "16:30:00Z" }, "prices": { "input_mtok": { "base": 3.5, "tiers": [ { "start": 128000, "price": 4.5 } ] }, "requests_kcount": 14 } } ] } ] } ]
        """)]
    [InlineData(PriceTableFormat.LlmPrices, """
        { "vendor": "p", "models": [ { "id": "a", "price_history": [ { "input": 1.5, "output": 2.5, "input_cached": null, "audio": 3.5, "from_date": null, "to_date": null } ] } ] }
        """)]
    [InlineData(PriceTableFormat.Portkey, """
        { "a": { "pricing_config": { "pay_as_you_go": { "request_token": { "price": 0.00015 }, "response_token": { "price": 0.0006 }, "reasoning_token": { "price": 0.0007 },
              "additional_units": { "cache_write_1h": { "price": 0.0003 }, "request_image_token": { "price": 0.00016 }, "web_search": { "price": 1 }, "dance": { "price": 2 } },
              "image": { "default": { "default": { "price": 4 } }, "hd": { "1024x1024": { "price": 8 }, "odd": 9 } }, "moon": { "price": 3 } },
            "batch_config": { "request_token": { "price": 0.000075 }, "web_search": { "price": 0.5 } }, "fixed_cost": { "price": 0.6 },
            "finetune_config": { "pay_per_token": { "price": 0.0025 }, "pay_per_hour": { "price": 170 }, "pay_per_moon": { "price": 11 } }, "calculate": { "request": { "value": 12 } }, "currency": "USD" } } }
        """)]
    public void EveryPrice_OfAMadeUpTable_IsImportedOrReported(PriceTableFormat format, string table) =>
        AssertNothingIsDropped(format, Encoding.UTF8.GetBytes(table), atLeast: 1);

    private static void AssertNothingIsDropped(PriceTableFormat format, byte[] table, int atLeast)
    {
        ImportResult result = PriceTableImporter.Import(format, table, provider: "p");
        ILookup<string, ImportLoss> losses = result.Losses.ToLookup(loss => loss.Id);
        Dictionary<string, string> cards = result.RateCards
            .SelectMany(card => card.Models, (card, model) => (Key: $"{card.Provider}/{model.Id}", model))
            .ToDictionary(pair => pair.Key, pair => pair.model.ToString()!, StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(table);
        List<string> dropped = [];
        int entries = 0;
        foreach ((string id, string provider, string model, JsonElement prices, Func<string, bool> isPrice) in TableEntries.Of(format, document.RootElement))
        {
            entries++;
            ImportLoss[] reported = [.. losses[id]];
            if (reported.Any(loss => loss.What == "entry"))
            {
                continue; // refused whole, with its reason
            }

            Assert.True(result.RateCards.Any(card => card.Provider == provider), $"{id}: no card of {provider}");
            ModelPricing pricing = result.RateCards.Single(card => card.Provider == provider).Models.Single(one => one.Id == model);
            HashSet<decimal> imported = [.. NumbersOf(pricing)];
            dropped.AddRange(
                from leaf in Leaves(prices, "")
                where isPrice(leaf.Path)
                    && !reported.Any(loss => IsOf(leaf.Path, loss.What))
                    && !Scales.Any(scale => imported.Contains(FloatNoise.Clean(leaf.Value * scale)))
                select $"{id}: {leaf.Path} = {leaf.Value}");
        }

        Assert.True(entries >= atLeast, $"only {entries} entries were looked at");
        Assert.Empty(dropped);
    }

    /// <summary>A loss names a key, or a block, of the entry; a constraint stands for all prices under it.</summary>
    private static bool IsOf(string path, string what) =>
        (what == "constraint" && path.StartsWith("prices.prices.", StringComparison.Ordinal))
        || path.Split('.').Contains(what.Split('.')[0]) && what.Split('.').All(part => path.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<decimal> NumbersOf(ModelPricing model)
    {
        foreach (PriceVersion version in model.Versions)
        {
            foreach (decimal price in RatesOf(version.PerMillionTokens).Concat(MetersOf(version.PerMeter.Values)))
            {
                yield return price;
            }

            foreach (PriceRule rule in version.Rules)
            {
                foreach (decimal price in RatesOf(rule.PerMillionTokens ?? new TokenRates()).Concat(MetersOf(rule.PerMeter.Values)).Append(rule.Multiply ?? 0))
                {
                    yield return price;
                }
            }
        }
    }

    private static IEnumerable<decimal> RatesOf(TokenRates rates) =>
        Enum.GetValues<TokenBucket>().Select(bucket => rates[bucket]).OfType<decimal>();

    private static IEnumerable<decimal> MetersOf(IEnumerable<MeterPrice> meters) => meters.SelectMany(meter => new[] { meter.Price, meter.Price / meter.Per });

    /// <summary>The numbers above 0 in an entry, also those written as text, by their path.</summary>
    private static IEnumerable<(string Path, decimal Value)> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(item, path)),
        JsonValueKind.Number or JsonValueKind.String
            when decimal.TryParse(element.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value > 0 => [(path, value)],
        _ => [],
    };
}
