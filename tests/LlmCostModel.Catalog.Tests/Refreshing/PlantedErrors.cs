using System.Text.Json;
using System.Text.Json.Nodes;
using LlmCostModel.Catalog.Tests.Importing;

namespace LlmCostModel.Catalog.Tests.Refreshing;

/// <summary>LiteLLM's table with errors of the kinds that tables have had: a thousand times, exchanged, without a digit, zero.</summary>
internal static class PlantedErrors
{
    private static readonly string[] Kinds = ["times", "exchanged", "digit", "zero"];

    internal static (RefreshTable Table, (string Provider, string Model, string Kind)[] Planted) In(RateCard[] cards, Random random)
    {
        JsonObject table = JsonNode.Parse(PublicTableTests.Load("prices/litellm_model_prices_2026-08-01.json.gz"))!.AsObject();
        List<(string, string, string)> planted = [];
        HashSet<string> keys = [];
        (string Key, RateCard Card, ModelPricing Model)[] known =
        [
            .. from entry in table
               let provider = (string?)entry.Value!["litellm_provider"] ?? ""
               let card = cards.SingleOrDefault(card => card.Provider == TableProviders.NameOf(provider))
               let model = card?.Models.SingleOrDefault(model => model.Id == TableProviders.IdOf(entry.Key, provider))
               where model is not null && !new KnownIds(card).IsEndedOrLed(model.Id, DateTimeOffset.MaxValue)
                   && model.Versions[^1] is { Until: null, PerMillionTokens: { Input: > 0 and { } input, Output: > 0 and { } output } } && output > input
                   && entry.Value is JsonObject and var prices && Price(prices, "input_cost_per_token") * 1_000_000 == input && Price(prices, "output_cost_per_token") * 1_000_000 == output
               select (entry.Key, card!, model),
        ];
        foreach ((string key, RateCard card, ModelPricing model) in known.OrderBy(_ => random.Next()).DistinctBy(one => one.Model.Id).Take(12).ToArray())
        {
            string kind = Kinds[planted.Count % Kinds.Length];
            Plant(table[key]!.AsObject(), kind, random);
            planted.Add((card.Provider!, model.Id, kind));
            keys.Add(key);
        }

        // Only these entries, on a day after every reading of the catalog: nothing else decides.
        JsonObject alone = [.. table.Where(entry => keys.Contains(entry.Key))
            .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value!.DeepClone()))];
        return (RefreshTable.Read(PriceTableFormat.LiteLlm, "litellm", JsonSerializer.SerializeToUtf8Bytes(alone), new DateOnly(2026, 12, 1)), [.. planted]);
    }

    private static void Plant(JsonObject entry, string kind, Random random)
    {
        decimal input = Price(entry, "input_cost_per_token")!.Value;
        decimal output = Price(entry, "output_cost_per_token")!.Value;
        (input, output) = kind switch
        {
            "times" => random.Next(2) == 0 ? (input * 1_000, output * 1_000) : (input / 1_000, output / 1_000),
            "exchanged" => (output, input),
            "digit" => (input, WithoutDigit(output, random)),
            _ => random.Next(2) == 0 ? (0m, output) : (0m, 0m),
        };
        entry["input_cost_per_token"] = input;
        entry["output_cost_per_token"] = output;
    }

    /// <summary>15 becomes 1 or 5; 3 becomes 0.3.</summary>
    private static decimal WithoutDigit(decimal price, Random random)
    {
        string digits = Plausibility.Text(price).TrimStart('0', '.');
        if (digits.Trim('0').Length < 2)
        {
            return price / 10;
        }

        int place = random.Next(digits.Length);
        decimal scale = price / decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return decimal.Parse(digits.Remove(place, 1), System.Globalization.CultureInfo.InvariantCulture) * scale;
    }

    private static decimal? Price(JsonObject entry, string key) => entry[key] is { } price ? decimal.Parse(price.ToString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture) : null;
}
