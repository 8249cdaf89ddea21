using System.Text;
using System.Text.Json;
using NJsonSchema;

namespace LlmCostModel.Tests.Conformance;

/// <summary>The published schema accepts what the library reads and refuses what it refuses, as far as a schema can tell.</summary>
public class RateCardSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(File.ReadAllText(Path.Combine(Vector.Folder, "rate-card.schema.json"))).GetAwaiter().GetResult();

    public static TheoryData<string> Catalog => [.. Directory.EnumerateFiles(Path.Combine(Vector.Folder, "catalog"), "*.json").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Catalog))]
    public void CatalogFile_IsValid(string file) => Assert.Empty(Schema.Validate(File.ReadAllText(Path.Combine(Vector.Folder, "catalog", file))));

    [Fact]
    public void CardsOfVectors_AreValid()
    {
        foreach (string path in Directory.EnumerateFiles(Vector.Folder, "*.json").Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal)))
        {
            using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonProperty card in vectors.RootElement.GetProperty("cards").EnumerateObject())
            {
                Assert.True(Schema.Validate(card.Value.GetRawText()).Count == 0, $"{Path.GetFileName(path)}: {card.Name}");
            }
        }
    }

    [Fact]
    public void EveryBucket_IsInTheSchema()
    {
        string[] names = [.. TokenBuckets.All.Select(row => row.Name)];

        Assert.Equal(names, Schema.Definitions["tokenRates"].Properties.Keys);
        Assert.Equal(names, Schema.Definitions["billedAs"].Properties.Keys);
        Assert.Equal(names, Schema.Definitions["bucket"].Enumeration);
        Assert.Contains($"({string.Join('|', names)})", Assert.Single(Schema.Definitions["meterPrices"].PatternProperties.Keys), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }""")]
    [InlineData("""{ "Currency": "DOLLAR", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": {} }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Inptu": 1 } } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": -1 } } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": "one" } } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMeter": { "Page": { "Per": 1000 } } } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMeter": { "Input": 1 } } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Multiply": 2 } ] } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "r", "When": { "Tir": "batch" }, "Multiply": 2 } ] } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "From": "27.01.2025" } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "r", "When": { }, "Multiply": 2 } ] } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "r", "Multiply": 2, "On": [ ] } ] } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "r", "When": { "Tier": [ ] }, "Multiply": 2 } ] } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": "half" } } }""")]
    [InlineData("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "r", "Multiply": "2" } ] } } }""")]
    public void WhatTheLibraryRefuses_TheSchemaRefuses(string card)
    {
        Assert.NotEmpty(Schema.Validate(card));
        Assert.Throws<RateCardException>(() => RateCardJson.Parse(Encoding.UTF8.GetBytes(card), "card"));
    }
}
