using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace LlmCostModel.Docs.Tests;

/// <summary>The two schemas in the packages: of a rate card, and of the section of <c>appsettings.json</c> that holds rate cards.</summary>
public sealed class SchemaTests
{
    private const string Prefix = "llmCostModel.";

    /// <summary>What a configuration says besides rate cards.</summary>
    private static readonly string[] Own = [Prefix + "card", Prefix + "overlay", Prefix + "pool", Prefix + "deployment"];

    public static TheoryData<CodeBlock> Blocks => [.. CodeBlock.All("json").Where(block => SchemaOf(block.Text) is not null)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_OfAPage_IsValid(CodeBlock block)
    {
        (string file, string json) = SchemaOf(block.Text)!.Value;

        Assert.Empty((await JsonSchema.FromJsonAsync(Read(file))).Validate(json));
    }

    [Fact]
    public void Blocks_OfPages_AreSome() => Assert.True(Blocks.Count >= 2);

    [Theory]
    [InlineData("""{ "RateCard": {} }""")]
    [InlineData("""{ "RateCards": { "a": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Inptu": 1 } } } } } }""")]
    [InlineData("""{ "Overlays": { "a": { "Rule": [] } } }""")]
    [InlineData("""{ "Deployments": { "a": { "Provider": "openai" } } }""")]
    [InlineData("""{ "Pools": { "a": { "Amount": 0, "Currency": "USD" } } }""")]
    [InlineData("""{ "Pools": { "a": { "Period": "fortnight" } } }""")]
    [InlineData("""{ "RateCards": { "a": { "Currency": "USD", "Credit": { "Name": "c", "Worth": [] }, "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } } } }""")]
    [InlineData("""{ "WeakestMatch": "Fuzzy" }""")]
    [InlineData("""{ "MaxRateAgeDays": 0 }""")]
    [InlineData("""{ "AllowLossOnReload": "maybe" }""")]
    [InlineData("""{ "Overlays": { "a": { "Rules": { "half": { "Order": "first", "Multiply": 0.5 } } } } }""")]
    [InlineData("""{ "Overlays": { "a": { "Rules": [ { "Name": "half", "Order": 1, "Multiply": 0.5 } ] } } }""")]
    public async Task WhatTheLibraryRefuses_TheSchemaRefuses(string section)
    {
        Assert.NotEmpty((await JsonSchema.FromJsonAsync(Read(ConfigurationSchema))).Validate($$"""{ "LlmCostModel": {{section}} }"""));
        LlmCostModelOptions options = new();
        Assert.ThrowsAny<Exception>(() =>
        {
            options.AddJson(section, "section");
            return new CostEstimator(options);
        });
    }

    /// <summary>An editor merges the definitions of all packages, so that those of this one have names of their own.</summary>
    [Fact]
    public void Definitions_OfTheConfiguration_AreThoseOfARateCard()
    {
        JsonObject card = JsonNode.Parse(Read(RateCardSchema))!.AsObject();
        JsonObject expected = JsonNode.Parse(card["definitions"]!.ToJsonString().Replace("#/definitions/", "#/definitions/" + Prefix, StringComparison.Ordinal))!.AsObject();
        JsonObject actual = JsonNode.Parse(Read(ConfigurationSchema))!["definitions"]!.AsObject();

        Assert.Equal(expected.Select(pair => Prefix + pair.Key).Concat(Own).Order(StringComparer.Ordinal), actual.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, pair => Assert.True(JsonNode.DeepEquals(pair.Value, actual[Prefix + pair.Key]), $"{pair.Key} differs"));
        Assert.Equal(
            card["properties"]!.AsObject().Select(pair => pair.Key).Where(name => name != "$schema"),
            actual[Prefix + "card"]!["properties"]!.AsObject().Select(pair => pair.Key));
    }

    /// <summary>The catalog as one file, which a build writes.</summary>
    [Fact]
    public async Task Catalog_AsOneFile_IsValid()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Folder, "docs", "catalog-feed.schema.json"));
        string feed = System.Text.Encoding.UTF8.GetString(LlmCostModel.Catalog.BuiltInCatalog.Write());

        Assert.Empty(schema.Validate(feed));
        Assert.NotEmpty(schema.Validate(feed.Replace("\"Input\":2.5,", "\"Inptu\":2.5,", StringComparison.Ordinal)));
    }

    private const string RateCardSchema = "docs/rate-card.schema.json";

    private const string ConfigurationSchema = "src/LlmCostModel/ConfigurationSchema.json";

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Folder, file));

    /// <summary>The schema that a block has to fit, and the block as that schema sees it; null for another kind of JSON.</summary>
    private static (string File, string Json)? SchemaOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        JsonElement root = document.RootElement;
        return root.ValueKind != JsonValueKind.Object ? null
            : root.TryGetProperty("LlmCostModel", out _) ? (ConfigurationSchema, json)
            : root.TryGetProperty("RateCards", out _) || root.TryGetProperty("Overlays", out _) ? (ConfigurationSchema, $$"""{ "LlmCostModel": {{json}} }""")
            : root.TryGetProperty("Models", out _) && root.TryGetProperty("Currency", out _) ? (RateCardSchema, json)
            : null;
    }
}
