using System.Reflection;

namespace LlmCostModel.Catalog.Tests;

/// <summary>Every meter, tier and attribute of the built-in catalog has a constant, so that nobody has to type one.</summary>
public sealed class NameConstantTests
{
    private static readonly PriceVersion[] Versions = [.. BuiltInCatalog.RateCards.SelectMany(card => card.Models).SelectMany(model => model.Versions)];

    private static readonly PriceRule[] Rules = [.. Versions.SelectMany(version => version.Rules)];

    [Fact]
    public void Meters_HaveConstants() =>
        AssertConstants(typeof(MeterNames), Versions.SelectMany(version => version.PerMeter.Keys).Concat(Rules.SelectMany(rule => rule.PerMeter.Keys)));

    [Fact]
    public void Tiers_HaveConstants() => AssertConstants(typeof(ServiceTiers), Rules.SelectMany(rule => rule.When.Tiers));

    [Fact]
    public void Attributes_HaveConstants() => AssertConstants(
        typeof(AttributeNames),
        Rules.SelectMany(rule => rule.When.Attributes.Keys).Concat(Versions.SelectMany(version => version.Defaults.Select(pair => pair.Key))));

    private static void AssertConstants(Type type, IEnumerable<string> names)
    {
        HashSet<string> constants = [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        string[] used = [.. names.Distinct()];

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.True(constants.Contains(name), $"'{name}' of the catalog has no constant in {type.Name}"));
    }
}
