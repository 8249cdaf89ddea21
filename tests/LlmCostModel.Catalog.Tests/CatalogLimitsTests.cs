using System.Globalization;

namespace LlmCostModel.Catalog.Tests;

/// <summary>How much a call may hold, as the catalog has it.</summary>
public class CatalogLimitsTests
{
    private static readonly (RateCard Card, ModelPricing Model, ModelLimits Limits)[] Stated =
    [
        .. from card in BuiltInCatalog.RateCards
           from model in card.Models
           where model.Limits is not null
           select (card, model, model.Limits),
    ];

    [Fact]
    public void Limits_HaveTheirReading() =>
        Assert.All(Stated, one =>
        {
            Assert.True(one.Limits.AsOf is not null && one.Limits.Basis != PriceBasis.Unstated, $"{one.Model.Id} at {one.Card.Provider}");
            Assert.True(one.Limits.Basis == PriceBasis.Tables || one.Limits.Source is not null, $"{one.Model.Id} at {one.Card.Provider}");
        });

    /// <summary>From OpenAI's page, and from Google's: 1,050,000 are 922,000 of input and 128,000 of output; Gemini's 65,536 hold its thoughts.</summary>
    [Theory]
    [InlineData("gpt-5.6-sol", 1_050_000L, 922_000L, 128_000L)]
    [InlineData("gpt-5", 400_000L, 272_000L, 128_000L)]
    [InlineData("gpt-4o", 128_000L, null, 16_384L)]
    [InlineData("claude-sonnet-4-5", 200_000L, null, 64_000L)]
    [InlineData("gemini-4-argon", 1_048_576L, null, 65_536L)]
    public void Limits_OfModelsThatManyUse_AreThoseOfTheirPages(string id, long window, long? input, long output)
    {
        ModelLimits limits = BuiltInCatalog.CreateEstimator().GetModel(id).Limits!;

        Assert.Equal((window, input, output, true), (limits.ContextWindow, limits.MaxInputTokens, limits.MaxOutputTokens, limits.ReasoningInOutput));
    }

    [Fact]
    public void Documentation_StatesOfHowManyModelsTheyAreKnown() =>
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"of {Stated.Length:N0} models, {Stated.Count(one => one.Limits.Basis != PriceBasis.Tables)} of them from the provider's page"),
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog.md")),
            StringComparison.Ordinal);
}
