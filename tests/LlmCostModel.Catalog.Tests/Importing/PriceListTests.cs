using System.Text;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>TokenMeter's table, and the price lists of Azure and AWS, in the shapes that they have.</summary>
public class PriceListTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);

    private static ImportResult Import(PriceTableFormat format, string json) => PriceTableImporter.Import(format, Encoding.UTF8.GetBytes(json), known: BuiltInCatalog.RateCards);

    private static decimal? Cost(ImportResult result, string id, TokenUsage usage, CallContext context = default) =>
        new CostEstimator(result.RateCards).Estimate(id, usage, context.At is null ? context with { At = Now } : context).Total?.Amount;

    private const string Meter = """
        { "provider": "xAI", "lastUpdated": "2026-11-01", "models": [
            { "modelId": "g-1", "displayName": "G", "contextWindow": 1000, "supportsStreaming": true, "newPrice": 1,
              "inputPricePerMillion": 2, "outputPricePerMillion": 8, "cacheReadPricePerMillion": 0.2, "cacheWritePrices": [ { "ttl": "5m", "pricePerMillion": 2.5 }, { "ttl": "2h", "pricePerMillion": 4 } ],
              "modalityPrices": { "input": { "audio": 6, "smell": 1 } },
              "pricingTiers": [ { "axis": "ContextLength", "minContextLengthTokens": 200000, "inputPricePerMillion": 4 }, { "axis": "TimeOfDay", "windowStartUtc": "06:00", "windowEndUtc": "10:00", "inputPricePerMillion": 3 } ],
              "serviceTierMultipliers": { "Standard": 1, "Batch": 0.5 }, "regionalMultipliers": { "us": 1.1 }, "toolCallPricesPerThousand": { "web_search": 10, "dig": 1 },
              "scheduledPrices": [ { "effectiveFrom": "2026-12-01", "inputPricePerMillion": 1 } ], "retirementDate": "2027-02-01", "replacementModelId": "g-2",
              "aliases": [ { "pattern": "g-1", "type": "prefix" }, { "pattern": "g1", "type": "exact" }, { "pattern": "g", "type": "contains" } ] } ] }
        """;

    [Fact]
    public void TokenMeter_EveryPrice_IsImportedOrReported()
    {
        ImportResult result = Import(PriceTableFormat.TokenMeter, Meter);
        TokenUsage input = new() { Input = 100_000 };

        Assert.Equal(0.2m, Cost(result, "g1", input)); // 0.1 x 2
        Assert.Equal(1m, Cost(result, "g-1", new TokenUsage { Input = 250_000 })); // 0.25 x 4
        Assert.Equal(0.3m, Cost(result, "g-1", input, new CallContext { At = Now.AddHours(7) })); // 0.1 x 3 from 06:00 to 10:00
        Assert.Equal(0.1m, Cost(result, "g-1", input, new CallContext { Tier = "batch" })); // 0.2 / 2
        Assert.Equal(0.22m, Cost(result, "g-1", input, new CallContext { Region = "us" })); // 0.2 x 1.1
        Assert.Equal(0.1m, Cost(result, "g-1", input, new CallContext { At = Now.AddDays(7) })); // 0.1 x 1 from December on
        Assert.Null(Cost(result, "g-1", input, new CallContext { At = Now.AddDays(90) })); // retired
        Assert.Equal(1.45m, Cost(result, "g-1", new TokenUsage { AudioInput = 100_000, CacheWrite5m = 10_000, Output = 50_000, Reasoning = 50_000, CacheRead = 125_000 })); // 0.6 + 0.025 + 0.8 + 0.025
        Assert.Equal("xai", result.RateCards[0].Provider);
        Assert.Equal(
            ["newPrice", "cacheWritePrices", "modalityPrices.input.smell", "toolCallPricesPerThousand.dig", "replacementModelId", "aliases"],
            result.Losses.Select(loss => loss.What).Distinct());
    }

    private static string Sku(string name, string price, string region = "eastus", string unit = "1M", string currency = "USD", string type = "Consumption") => $$"""
        { "currencyCode": "{{currency}}", "retailPrice": {{price}}, "unitPrice": {{price}}, "armRegionName": "{{region}}", "effectiveStartDate": "2026-03-01T00:00:00Z", "meterId": "id", "meterName": "{{name}} Tokens",
          "productName": "Azure OpenAI", "skuName": "{{name}}", "serviceName": "Foundry Models", "unitOfMeasure": "{{unit}}", "type": "{{type}}", "isPrimaryMeterRegion": true }
        """;

    /// <summary>Names and prices of 2026: gpt-5.4-mini at 0.75 and 4.50, a tenth more in a data zone, twice as priority; gpt-4o of May 2024 in a region, per 1,000.</summary>
    [Fact]
    public void Azure_Meters_ArePricesByDeploymentAndTier()
    {
        string items = string.Join(",", Sku("5.4 mini inp Gl", "0.75"), Sku("5.4 mini Opt Gl", "4.5"), Sku("5.4 mini Opt Gl", "4.5", "westeurope"), Sku("5.4 mini cd inp Gl", "0.075"), Sku("5.4 mini Inp Dz", "0.825"),
            Sku("5.4 mini pp Inp Gl", "1.5"), Sku("5.4 mini Batch Inp Gl", "0.375"), Sku("gpt 4o 0513 Inp regnl", "0.0055", "swedencentral", "1K"));

        ImportResult result = Import(PriceTableFormat.AzureRetailPrices, $$"""{ "BillingCurrency": "USD", "Items": [ {{items}} ], "NextPageLink": null, "Count": 8 }""");
        TokenUsage input = new() { Input = 1_000_000 };

        Assert.Equal((2, 2, 0), (result.Entries, result.Imported, result.Losses.Count));
        Assert.Equal(0.75m, Cost(result, "gpt-5.4-mini", input));
        Assert.Equal(4.5m, Cost(result, "gpt-5.4-mini", new TokenUsage { Output = 1_000_000 }));
        Assert.Equal(0.075m, Cost(result, "gpt-5.4-mini", new TokenUsage { CacheRead = 1_000_000 }));
        Assert.Equal(0.825m, Cost(result, "gpt-5.4-mini", input, new CallContext { Region = "us" }));
        Assert.Equal(1.5m, Cost(result, "gpt-5.4-mini", input, new CallContext { Tier = "priority" }));
        Assert.Equal(0.375m, Cost(result, "gpt-5.4-mini", input, new CallContext { Tier = "batch" }));
        Assert.Null(Cost(result, "gpt-5.4-mini", input, new CallContext { At = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) }));
        Assert.Equal(5.5m, Cost(result, "gpt-4o-2024-05-13", input, new CallContext { Region = "swedencentral" }));
        Assert.Null(Cost(result, "gpt-4o-2024-05-13", input));
    }

    [Fact]
    public void Azure_WithoutKnownCards_IsRefused() =>
        Assert.Contains(
            "give the rate cards",
            Assert.Throws<RateCardException>(() => PriceTableImporter.Import(PriceTableFormat.AzureRetailPrices, Encoding.UTF8.GetBytes("""{ "Items": [] }"""))).Message,
            StringComparison.Ordinal);

    public static TheoryData<string, string> Unreadable => new()
    {
        { Sku("5.4 mini longco inp Gl", "5"), "is the price of long inputs, and the list does not say from which size on" },
        { Sku("V9 Turbo Inp glbl", "5"), "is of 'v9-turbo', which is not a model of the Azure cards that are known" },
        { Sku("5.4 mini inp", "5"), "has a name that does not say what it counts, at which tier and where" },
        { Sku("5.4 mini inp Gl extra", "5"), "has a name that does not say what it counts, at which tier and where" },
        { Sku("5.4 mini ft hosting Dz", "1.7", unit: "1 Hour"), "is a price per '1 Hour', not per tokens" },
        { Sku("5.4 mini inp Gl", "0.7", currency: "EUR"), "is in EUR; list prices are in USD" },
        { Sku("5.4 mini inp Gl", "0.7", type: "Reservation"), "is a price of the kind Reservation, not of use" },
        { Sku("5.4 mini inp Gl", "0.7") + "," + Sku("5.4 mini inp Gl", "0.8", "westus"), "has two prices of Input at the tier standard everywhere" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Azure_MeterThatIsNotSure_IsRefused(string items, string why)
    {
        ImportResult result = Import(PriceTableFormat.AzureRetailPrices, $$"""{ "Items": [ {{items}} ] }""");

        Assert.Equal((0, why), (result.Imported, Assert.Single(result.Losses).Why));
    }

    private static string Offer(params (string Usage, string Usd, string Unit)[] rows) => $$"""
        { "formatVersion": "v1.0", "offerCode": "AmazonBedrock",
          "products": { {{string.Join(",", rows.Select((row, i) => $$"""
            "S{{i}}": { "sku": "S{{i}}", "attributes": { "usagetype": "{{row.Usage}}", "regionCode": "us-east-1" } }
            """))}} },
          "terms": { "OnDemand": { {{string.Join(",", rows.Select((row, i) => $$"""
            "S{{i}}": { "S{{i}}.T": { "effectiveDate": "2026-07-01T00:00:00Z", "priceDimensions": { "D": { "unit": "{{row.Unit}}", "pricePerUnit": { "USD": "{{row.Usd}}" } } } } }
            """))}} } } }
        """;

    /// <summary>0.00015 per 1,000 are 0.15 per 1,000,000, in the region of the list alone.</summary>
    [Fact]
    public void Aws_UsageTypes_ArePricesOfTheirRegion()
    {
        ImportResult result = Import(PriceTableFormat.AwsPriceList, Offer(
            ("USE1-qwen.qwen3-32b-mantle-input-tokens-standard", "0.0001500000", "1K tokens"),
            ("USE1-qwen.qwen3-32b-mantle-output-tokens-standard", "0.0006000000", "1K tokens"),
            ("USE1-qwen.qwen3-32b-mantle-input-tokens-batch", "0.0000750000", "1K tokens"),
            ("USE1-qwen.qwen3-32b-mantle-cache-write-tokens-1h-standard", "0.0000000000", "1K tokens"),
            ("USE1-Claude4.6Sonnet-input-tokens", "0.003", "1K tokens"),
            ("USE1-Guardrail-ContentPolicyUnitsConsumed", "0.15", "1K TextUnits")));
        TokenUsage usage = new() { Input = 1_000_000, Output = 1_000_000 };

        Assert.Equal((3, 1, 1, 2), (result.Entries, result.Imported, result.Lossy, result.Refused));
        Assert.Equal(0.75m, Cost(result, "qwen.qwen3-32b", usage, new CallContext { Region = "us-east-1" }));
        Assert.Equal(0.075m, Cost(result, "qwen.qwen3-32b", new TokenUsage { Input = 1_000_000 }, new CallContext { Region = "us-east-1", Tier = "batch" }));
        Assert.Null(Cost(result, "qwen.qwen3-32b", usage));
        Assert.Null(Cost(result, "qwen.qwen3-32b", usage, new CallContext { Region = "eu-west-1" }));
        Assert.Null(Cost(result, "qwen.qwen3-32b", usage, new CallContext { Region = "us-east-1", At = new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.Zero) }));
        Assert.StartsWith("is 0", result.Losses[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Aws_TwoPricesOfOneThing_AreRefused() =>
        Assert.Equal(
            "has two prices of Input at the tier standard in us-east-1",
            Assert.Single(Import(PriceTableFormat.AwsPriceList, Offer(
                ("USE1-a.b-mantle-input-tokens-standard", "0.1", "1K tokens"), ("USE2-a.b-mantle-input-tokens-standard", "0.2", "1K tokens"))).Losses).Why);
}
