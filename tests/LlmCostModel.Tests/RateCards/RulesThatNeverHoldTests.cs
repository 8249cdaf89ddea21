namespace LlmCostModel.Tests.RateCards;

/// <summary>A rule that can never hold was meant to hold some time (A5).</summary>
public sealed class RulesThatNeverHoldTests
{
    [Theory]
    [InlineData(""" "Region": ["eu-*", "!eu-*"] """, "leaves out every region that it names.")]
    [InlineData(""" "Region": ["eu-west-1", "!eu-*"] """, "leaves out every region that it names.")]
    [InlineData(""" "Region": ["EU", "!eu"] """, "leaves out every region that it names.")]
    [InlineData(""" "Region": ["eu-*", "!*"] """, "leaves out every region that it names.")]
    [InlineData(""" "Region": ["eu-*", "!eu-west-1"] """, null)]
    [InlineData(""" "Region": ["eu-*", "us", "!eu-*"] """, null)]
    [InlineData(""" "Region": ["global", "!*"] """, null)] // a star is no global region
    [InlineData(""" "OutputBelow": 0 """, "holds for no number of tokens.")]
    [InlineData(""" "TotalInputBelow": 0 """, "holds for no number of tokens.")]
    [InlineData(""" "TotalInputAbove": 9223372036854775807 """, "holds for no number of tokens.")]
    [InlineData(""" "TotalInputFrom": 9223372036854775807 """, null)]
    [InlineData(""" "FreshInputAbove": 100, "TotalInputBelow": 50 """, "holds for no number of tokens.")]
    [InlineData(""" "FreshInputFrom": 50, "TotalInputUpTo": 50 """, null)]
    [InlineData(""" "FreshInputBelow": 50, "TotalInputAbove": 100 """, null)] // most of it was read
    [InlineData(""" "Attributes": { " ": "x" } """, "is not the name of an attribute.")]
    public void When_ThatNeverHolds_IsAFault(string when, string? fault)
    {
        string rules = $$""" "Rules": [ { "Name": "r", "When": { {{when}} }, "Multiply": 2 } ] """;
        string[] faults = FaultsOf(
            $$"""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "CacheRead": 1, "Output": 1 }, {{rules}} } } }""");

        Assert.Equal(fault is null ? 0 : 1, faults.Length);
        Assert.All(faults, text => Assert.Contains(fault!, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[["a","b"],["a","b","batch"]]""", true)]
    [InlineData("""[["batch","b","a"],["B","A"]]""", true)]
    [InlineData("""[["a","b"],["b","batch"]]""", false)]
    public void Never_LongerThanAnother_CanRuleNothingOut(string never, bool isFault)
    {
        string[] faults = FaultsOf($$"""
            { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }, "Never": {{never}}, "Rules": [
              { "Name": "a", "When": { "Region": "us" }, "Multiply": 2 }, { "Name": "b", "When": { "Tier": "flex" }, "Multiply": 2 },
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 2 } ] } } }
            """);

        Assert.Equal(isFault, faults.Any(fault => fault.Contains("holds another combination of the list, which already rules it out.", StringComparison.Ordinal)));
    }

    private static string[] FaultsOf(string card)
    {
        try
        {
            RateCardJson.Parse(card, "card");
            return [];
        }
        catch (RateCardException exception)
        {
            return [.. exception.Faults.Select(fault => fault.ToString())];
        }
    }
}
