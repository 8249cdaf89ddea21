using System.Reflection;
using System.Text;

namespace LlmCostModel.Packages.Tests.Values;

/// <summary>Every public value is equal to another one with the same content, and to no other.</summary>
public class EqualityTests
{
    public static TheoryData<Type> Types => [.. Samples.ValueTypes];

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void Equals_SameContent_IsEqual(Type type)
    {
        (object first, object second) = (Samples.Make(type, 1), Samples.Make(type, 1));

        Assert.True(first.Equals(second), $"{type} does not equal itself: {first}");
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.False(first.Equals(Samples.Make(type, 2)), $"{type} equals another one: {first}");
        Assert.False(first.Equals(null));
    }

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void Equals_OnePropertyDiffers_IsNotEqual(Type type)
    {
        foreach (PropertyInfo property in Samples.Settable(type))
        {
            Assert.False(Samples.Make(type, 1).Equals(Samples.MakeWith(type, property, 2)), $"{type} does not compare {property.Name}");
        }
    }

    /// <summary>A class with public properties that are set once is a value, so it must be among those that are tested.</summary>
    [Fact]
    public void Types_WithInitProperties_AreValues() =>
        Assert.Empty(Packages.PublicTypes
            .Where(type => type is { IsAbstract: false, IsInterface: false } && Samples.Settable(type).Any())
            .Where(type => !type.IsAssignableTo(typeof(Exception)) && !type.IsAssignableTo(typeof(HttpMessageHandler)))
            .Where(type => !type.IsAssignableTo(typeof(Microsoft.Extensions.AI.Evaluation.EvaluationContext)))
            .Where(type => !type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace != "LlmCostModel.Budgets.Stores")
            .Except(Samples.ValueTypes)
            .Except([typeof(UsageColumns), typeof(Logs.PlainLineSums)]) // memory of the caller's, and sums that grow
            .Select(type => type.FullName));

    [Fact]
    public void RateCards_OfTheSameText_AreEqual()
    {
        byte[] json = Encoding.UTF8.GetBytes("""
            { "Currency": "usd", "Models": { "m": {
              "Aliases": ["n"], "PerMillionTokens": { "Input": 2.50 }, "PerMeter": { "WebSearch": { "Price": 10, "Per": 1000, "Steps": [ { "Above": 5, "Price": 9 } ] } },
              "BilledAs": { "Reasoning": "Input" }, "Defaults": { "size": "s" }, "Never": [["a", "b"]],
              "Rules": [ { "Name": "a", "Multiply": 2, "When": { "Tier": ["batch"], "Days": "Sat", "Daily": ["01:00-02:00"], "Attributes": { "size": ["l", "m"] } } } ] } } }
            """);
        RateCard first = Assert.Single(RateCardJson.Parse(json, "card"));
        RateCard second = Assert.Single(RateCardJson.Parse(json, "card"));

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotEqual(first, second with { Models = [second.Models[0] with { Aliases = ["o"] }] });
        Assert.Equal("USD", first.Currency);
    }

    /// <summary>Nothing said is equal to nothing found: a condition that is always true is not written.</summary>
    [Fact]
    public void EmptyCollections_EqualAbsentOnes()
    {
        Assert.Equal(PriceCondition.Always, new PriceCondition { Tiers = [], Attributes = PriceCondition.Always.Attributes });
        PriceVersion none = new();
        Assert.Equal(none, new PriceVersion { Rules = [], PerMeter = none.PerMeter, BilledAs = none.BilledAs, Never = [] });
        Assert.Equal("""{"Name":"r","Multiply":2}""", new PriceRule { Name = "r", Multiply = 2, When = new PriceCondition() }.ToString());
    }

    /// <summary>The parameters of a positional record are a constructor that a further property breaks, and are easily swapped.</summary>
    [Fact]
    public void Records_ArePositional_Nowhere() =>
        Assert.Empty(Packages.PublicTypes.Where(type => type.GetMethod("Deconstruct") is not null).Select(type => type.FullName));

    /// <summary>Two obvious parts each, which the constructor checks or which cannot be wrong.</summary>
    [Fact]
    public void Values_HaveNoConstructorWithParameters_ExceptSmallPairs()
    {
        Type[] pairs = [typeof(Money), typeof(DailyWindow), typeof(TokenThreshold)];
        Assert.Empty(Samples.ValueTypes
            .Except(pairs)
            .Where(type => type.GetConstructors().Any(made => made.GetParameters().Length > 0))
            .Select(type => type.FullName));
    }
}
