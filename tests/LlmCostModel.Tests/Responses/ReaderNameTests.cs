using System.Reflection;

namespace LlmCostModel.Tests.Responses;

/// <summary>Every meter and attribute that a reader makes of a response has a constant, so that nobody has to type one.</summary>
public sealed class ReaderNameTests
{
    [Fact]
    public void Meters_HaveConstants()
    {
        MeterCounts counts = default;
        for (int i = 0; i < MeterCounts.Size; i++)
        {
            counts[i] = 1;
        }

        MeteredQuantities meters = counts.ToQuantities();
        Assert.Equal(MeterCounts.Size, meters.Count);
        Assert.Empty(meters.Select(pair => pair.Key).Except(ConstantsOf(typeof(MeterNames))));
    }

    [Fact]
    public void Attributes_HaveConstants()
    {
        string[] values = [.. Enumerable.Range(0, typeof(CallAttributeTexts).GetConstructors()[0].GetParameters().Length).Select(i => $"{i}")];
        CallAttributes attributes = ((CallAttributeTexts)Activator.CreateInstance(typeof(CallAttributeTexts), values)!).ToAttributes();

        Assert.Equal(values.Length, attributes.Count);
        Assert.Empty(attributes.Select(pair => pair.Key).Except(ConstantsOf(typeof(AttributeNames))));
    }

    /// <summary>Names whose case or spelling differs from their constant would not be found by it in the code of a reader.</summary>
    [Theory]
    [InlineData(typeof(MeterNames))]
    [InlineData(typeof(ServiceTiers))]
    [InlineData(typeof(AttributeNames))]
    public void Constants_AreNamedAsTheirValues(Type type)
    {
        Assert.All(
            type.GetFields(BindingFlags.Public | BindingFlags.Static),
            field => Assert.Equal(field.Name, (string)field.GetRawConstantValue()!, ignoreCase: true));
        Assert.Equal(ConstantsOf(type).Count(), ConstantsOf(type).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static IEnumerable<string> ConstantsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
