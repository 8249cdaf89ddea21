using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <content>Prices that stand in objects and lists of their own: factors, steps by size, searches.</content>
internal static partial class LiteLlmTable
{
    /// <summary>What the prices are multiplied by, in a region of two letters or at the fast tier.</summary>
    private static void ReadFactors(ImportedEntry entry, ImportedVersion version, JsonElement factors)
    {
        foreach (JsonProperty factor in factors.EnumerateObject().Where(factor => factor.Value.ValueKind == JsonValueKind.Number))
        {
            string what = $"{Factors}.{factor.Name}";
            if (factor.Name is { Length: 2 } region && entry.Price(what, factor.Value, 1) is { } uplift)
            {
                version.Multiply($"{region} inference", new PriceCondition { Regions = [region] }, uplift);
            }
            else if (factor.Name == "fast" && entry.Price(what, factor.Value, 1) is { } times)
            {
                version.Multiply(factor.Name, When(factor.Name, null), times);
            }
            else
            {
                entry.Lose(what, "no condition here corresponds to the key");
            }
        }
    }

    /// <summary>Prices by the size of the input: the first step from 0 holds the base prices, each later one those above its
    /// beginning.</summary>
    private static void ReadSteps(ImportedEntry entry, ImportedVersion version, JsonElement steps)
    {
        foreach (JsonElement step in steps.EnumerateArray())
        {
            if (step.ValueKind != JsonValueKind.Object
                || !step.TryGetProperty("range", out JsonElement range)
                || range.ValueKind != JsonValueKind.Array
                || range.GetArrayLength() != 2
                || !range[0].TryGetDecimal(out decimal start)
                || start < 0
                || start > int.MaxValue
                || start != decimal.Truncate(start))
            {
                entry.Lose("tiered_pricing", "a step has no range of input tokens");
                continue;
            }

            foreach (JsonProperty field in step.EnumerateObject()
                    .Where(field => field.Name != "range" && field.Value.ValueKind != JsonValueKind.Null))
            {
                if (!Tokens.TryGetValue(field.Name, out TokenBucket bucket))
                {
                    entry.Lose($"tiered_pricing.{field.Name}", "no condition or meter here corresponds to the key");
                }
                else if (entry.Price($"tiered_pricing.{field.Name}", field.Value, PerMillion) is { } price)
                {
                    if (start == 0)
                    {
                        version.Set(bucket, price);
                    }
                    else
                    {
                        version.SetIn(NameOf(null, (long)start), When(null, (long)start), bucket, price);
                    }
                }
            }
        }
    }

    /// <summary>A price per search, by the size of the context when the sizes differ.</summary>
    private static void ReadSearch(ImportedEntry entry, ImportedVersion version, JsonElement sizes)
    {
        List<(string Size, decimal Price)> prices = [];
        foreach (JsonProperty size in sizes.EnumerateObject())
        {
            if (entry.Price($"search_context_cost_per_query.{size.Name}", size.Value, 1) is { } price)
            {
                prices.Add((size.Name.Replace("search_context_size_", "", StringComparison.Ordinal), price));
            }
        }

        if (prices.Count > 0 && prices.TrueForAll(price => price.Price == prices[0].Price))
        {
            version.Set("WebSearch", new MeterPrice { Price = prices[0].Price });
            return;
        }

        foreach ((string size, decimal price) in prices)
        {
            PriceCondition when = PriceCondition.Always with
            {
                Attributes = PriceCondition.Always.Attributes.SetItem("searchContextSize", [size]),
            };
            version.SetIn($"{size} search context", when, "WebSearch", new MeterPrice { Price = price });
        }
    }
}
