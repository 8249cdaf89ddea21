using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads answers of Azure's Retail Prices API (<c>https://prices.azure.com/api/retail/prices</c>): meters with a price for a
/// number of tokens. The names of SKUs are short; a meter counts only where its name leads to one model of the Azure cards that are
/// known.</summary>
internal static class AzureRetailPrices
{
    private static readonly string[] Zones = ["us", "eu"];

    private static readonly string[] European =
    [
        "westeurope", "northeurope", "swedencentral", "francecentral", "germanywestcentral", "italynorth", "polandcentral", "spaincentral",
    ];

    private static readonly string[] American =
    [
        "eastus", "eastus2", "westus", "westus2", "westus3", "centralus", "northcentralus", "southcentralus", "westcentralus",
    ];

    /// <param name="root">The answers.</param>
    /// <param name="cards">The rate cards whose models the meters may mean.</param>
    internal static IEnumerable<ImportedEntry> Read(JsonElement root, IReadOnlyList<RateCard> cards)
    {
        // One page of the API, or several in a list.
        IEnumerable<JsonElement> pages = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
        ILookup<string, string> names = Names(cards);
        List<(string Provider, string Model, AzureMeter Meter, JsonElement Item)> known = [];
        List<ImportedEntry> others = [];
        foreach (JsonElement item in pages.SelectMany(page => page.Required("Items").EnumerateArray()))
        {
            string sku = item.Text("skuName") ?? "";
            AzureMeter? meter = AzureMeter.Read(sku);
            string[] found = meter is null ? [] : FindModels(names, meter.Model);
            if (Problem(item, meter, found) is { } problem)
            {
                others.Add(new ImportedEntry($"{item.Text("meterId") ?? ""} {sku} {item.Text("armRegionName")}".Trim(), "azure", sku));
                others[^1].Refuse(problem);
            }
            else
            {
                string[] parts = found[0].Split(' ');
                known.Add((parts[0], parts[1], meter!, item));
            }
        }

        return
        [
            .. known.GroupBy(one => (one.Provider, one.Model)).Select(model =>
                new ImportedEntry($"{model.Key.Provider}/{model.Key.Model}", model.Key.Provider, model.Key.Model)
                    .Read(entry => Read(entry, [.. model.Select(one => (one.Meter, one.Item))]))),
            .. others,
        ];
    }

    private static string? Problem(JsonElement item, AzureMeter? meter, string[] found) =>
        item.Text("type") is { } type && type != "Consumption" ? $"is a price of the kind {type}, not of use"
        : item.Text("currencyCode") != "USD" ? $"is in {item.Text("currencyCode")}; list prices are in USD"
        : Scale(item) is null ? $"is a price per '{item.Text("unitOfMeasure")}', not per tokens"
        : (item.Text("skuName") ?? "").Contains("longco", StringComparison.OrdinalIgnoreCase)
            ? "is the price of long inputs, and the list does not say from which size on"
        : meter is null ? "has a name that does not say what it counts, at which tier and where"
        : found.Length == 0 ? $"is of '{meter.Model}', which is not a model of the Azure cards that are known"
        : found.Length > 1 ? $"is of '{meter.Model}', which may be {string.Join(" or ", found)}"
        : null;

    private static decimal? Scale(JsonElement item) => item.Text("unitOfMeasure") switch
    {
        "1K" => 1_000,
        "1M" => 1,
        _ => null,
    };

    private static void Read(ImportedEntry entry, (AzureMeter Meter, JsonElement Item)[] meters)
    {
        List<(string Region, string Tier, TokenBucket Bucket, decimal Price)> prices = [];
        DateTimeOffset? since = null;
        foreach ((AzureMeter meter, JsonElement item) in meters)
        {
            string sku = item.Text("skuName")!;
            if (RegionOf(meter.Deployment, item.Text("armRegionName") ?? "") is not { } region)
            {
                entry.Lose(sku, $"is of a data zone that '{item.Text("armRegionName")}' does not tell");
            }
            else if (entry.Price(sku, item.Required("retailPrice"), Scale(item)!.Value) is { } price)
            {
                prices.Add((region, meter.Tier, meter.Bucket, price));
                since = item.Text("effectiveStartDate") is { } date && Instant(date) is { } begin && !(begin <= since) ? begin : since;
            }
        }

        ImportedVersion version = entry.AddVersion(since);
        foreach (var group in prices.Distinct().GroupBy(price => (price.Region, price.Tier, price.Bucket)))
        {
            (string region, string tier, TokenBucket bucket) = group.Key;
            if (group.Count() > 1)
            {
                entry.Refuse($"has two prices of {bucket} at the tier {tier} {(region.Length == 0 ? "everywhere" : "in " + region)}");
            }

            bool isStandard = tier == "standard";
            if (region.Length == 0 && isStandard)
            {
                version.Set(bucket, group.First().Price);
                continue;
            }

            PriceCondition when = new() { Regions = region.Length == 0 ? [] : [region], Tiers = isStandard ? [] : [tier] };
            version.SetIn($"{region} {(isStandard ? "" : tier)}".Trim(), when, bucket, group.First().Price);
        }
    }

    /// <summary>The region of a call that a meter counts: nothing for global deployments, but those of governments have prices of their
    /// own.</summary>
    private static string? RegionOf(string deployment, string region) =>
        region.StartsWith("usgov", StringComparison.Ordinal) || region.StartsWith("usdod", StringComparison.Ordinal) ? region
        : deployment == "global" ? ""
        : deployment == "region" ? region
        : American.Contains(region) ? Zones[0]
        : European.Contains(region) ? Zones[1]
        : null;

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? instant
            : null;

    /// <summary>Provider and id of each model of the Azure cards, by its names.</summary>
    private static ILookup<string, string> Names(IReadOnlyList<RateCard> cards) =>
        (from card in cards
         where card.Provider is "azure" or "azure_ai"
         from model in card.Models
         from name in model.Aliases.Prepend(model.Id)
         select (Name: name.ToLowerInvariant(), Id: $"{card.Provider} {model.Id}")).ToLookup(one => one.Name, one => one.Id);

    /// <summary>The models that the words mean: as they stand, with the family that Azure leaves out, and with a month and a day in the
    /// place of a snapshot's date.</summary>
    private static string[] FindModels(ILookup<string, string> names, string words)
    {
        string[] spellings = words.Length > 0 && char.IsAsciiDigit(words[0]) ? ["gpt-" + words] : [words];
        string[] found = [.. spellings.SelectMany(spelling => names[spelling])];
        if (found.Length == 0 && words.Length > 5 && words[^5] == '-' && words[^4..].All(char.IsAsciiDigit))
        {
            string date = $"-{words[^4..^2]}-{words[^2..]}";
            found =
            [
                .. names.Where(name => spellings.Any(spelling => name.Key.Length == spelling.Length + 6
                    && name.Key.StartsWith(spelling[..^4] + "20", StringComparison.Ordinal)
                    && name.Key.EndsWith(date, StringComparison.Ordinal))).SelectMany(name => name),
            ];
        }

        return [.. found.Distinct()];
    }
}
