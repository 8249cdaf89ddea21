using System.Text;
using System.Text.Json;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>The contract prices of Claude Code's managed settings.</summary>
public class ClaudeCodePricingTests
{
    private const string Settings = """
        { "permissions": { }, "modelPricing": { "multiplier": 0.85,
            "overrides": { "claude-fable-5-1": { "input": 8, "output": 40, "cacheRead": 0.2, "cacheWrite": 10 } } } }
        """;

    private static ImportResult Read(string json, out PriceOverlay? multiplier) => ClaudeCodePricing.Read(Encoding.UTF8.GetBytes(json), out multiplier);

    /// <summary>The example of the settings: 8 x 0.85 = 6.80 of input and 40 x 0.85 = 34 of output; every other model at 0.85 of its list.</summary>
    [Fact]
    public void Read_OverridesAndMultiplier_PriceAsClaudeCodeDoes()
    {
        ImportResult result = Read(Settings, out PriceOverlay? multiplier);
        LlmCostModelOptions options = new();
        options.RateCards.Add("claude-code", Assert.Single(result.RateCards));
        options.Overlays.Add("claude-code", multiplier!);
        CostEstimator estimator = BuiltInCatalog.CreateEstimator(options);
        CallContext context = new() { At = new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero) };

        decimal Cost(string id, TokenUsage usage) => estimator.Estimate(id, usage, context).GetRequiredTotal().Amount;

        Assert.Equal((2, 2, 0), (result.Entries, result.Imported, result.Refused));
        Assert.Empty(result.Losses);
        Assert.Equal(6.8m, Cost("claude-fable-5-1", new TokenUsage { Input = 1_000_000 }));
        Assert.Equal(34m, Cost("claude-fable-5-1", new TokenUsage { Output = 500_000, Reasoning = 500_000 }));
        Assert.Equal(0.17m, Cost("claude-fable-5-1", new TokenUsage { CacheRead = 1_000_000 })); // 0.2 x 0.85
        Assert.Equal(8.5m, Cost("claude-fable-5-1", new TokenUsage { CacheWrite = 500_000, CacheWrite5m = 500_000 })); // 10 x 0.85
        Assert.Equal(4.25m, Cost("claude-opus-4-5", new TokenUsage { Input = 1_000_000 })); // 5 x 0.85
        Assert.Equal(CostStatus.Partial, estimator.Estimate("claude-fable-5-1", new TokenUsage { Input = 1, CacheWrite1h = 1 }, context).Status);
    }

    [Theory]
    [InlineData("""{ "multiplier": 1.5 }""", "multiplier: entry: is 1.5; Claude Code takes a number above 0 and up to 1")]
    [InlineData("""{ "multiplier": 0 }""", "multiplier: entry: is 0; Claude Code takes a number above 0 and up to 1")]
    [InlineData("""{ "overrides": { "opus": { "input": 1, "output": 1, "cacheRead": 1, "cacheWrite": 1 } } }""",
        "opus: entry: is a name that moves from model to model; write the id of the model")]
    [InlineData("""{ "overrides": { "m-1": { "input": 1, "output": 1, "cacheRead": 1 } } }""",
        "m-1: entry: is not written as the format has it: 'cacheWrite' is missing.")]
    [InlineData("""{ "overrides": { "m-1": { "input": 1, "output": 10001, "cacheRead": 1, "cacheWrite": 1 } } }""",
        "m-1: entry: has no output between 0 and 10000, and Claude Code leaves a row out that lacks one of the four")]
    [InlineData("""{ "overrides": { "m-1": { "input": 1, "output": 1, "cacheRead": 1, "cacheWrite": 1, "batch": 1 } } }""",
        "m-1: batch: no price of modelPricing has that name")]
    [InlineData("""{ "multiplier": 1, "overrides": [ { "claude-sonnet-4-5": 3 } ] }""", "overrides: entry: is not an object of models")]
    [InlineData("""{ "multiplier": 1, "currency": "EUR" }""", "currency: entry: is no part of modelPricing that is known")]
    public void Read_WhatClaudeCodeWouldNotTake_IsReported(string block, string loss)
    {
        ImportResult result = Read($$"""{ "modelPricing": {{block}} }""", out _);

        Assert.Equal(loss, Assert.Single(result.Losses).ToString());
        Assert.Equal(result.Entries, result.Imported + result.Refused);
    }

    [Theory]
    [InlineData("{ }", "The text has no modelPricing with overrides or a multiplier, as managed settings of Claude Code have.")]
    [InlineData("{", "The text is not valid JSON")]
    public void Read_NoSettings_IsRefused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<RateCardException>(() => Read(json, out _)).Message, StringComparison.Ordinal);

    /// <summary>A contract of 20 % off Opus 4.5 of list 5, 25, 0.50, 6.25: 4, 20, 0.4, 5. What has not all four prices is left out.</summary>
    [Fact]
    public void Write_ContractPrices_AreOverrides()
    {
        LlmCostModelOptions options = new();
        options.AddJson("""{ "Overlays": { "contract": { "Providers": [ "anthropic" ], "Rules": [ { "Name": "20% off", "Multiply": 0.8 } ] } } }""", "contract.json");
        CostEstimator estimator = BuiltInCatalog.CreateEstimator(options);

        byte[] settings = ClaudeCodePricing.Write(estimator, ["claude-opus-4-5", "gpt-4o"], out IReadOnlyList<ImportLoss> losses, new CallContext { At = new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero) });

        using JsonDocument document = JsonDocument.Parse(settings);
        Assert.Equal(
            """{"modelPricing":{"overrides":{"claude-opus-4-5":{"input":4,"output":20,"cacheRead":0.4,"cacheWrite":5}}}}""",
            JsonSerializer.Serialize(document.RootElement));
        Assert.Equal(("gpt-4o", "cacheWrite"), (Assert.Single(losses).Id, losses[0].What));
        Assert.Equal(4, Read(Encoding.UTF8.GetString(settings), out _).RateCards[0].Models[0].Versions[0].PerMillionTokens.Input);
    }
}
